import { Page } from '../../app/page.tsx';

/** To come. */
export function RunsPage() {
  return <Page>{null}</Page>;
}
