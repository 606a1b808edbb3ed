import { Page } from '../../app/page.tsx';

/** To come. */
export function TrendsPage() {
  return <Page>{null}</Page>;
}
