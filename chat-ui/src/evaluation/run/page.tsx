import { Page } from '../../app/page.tsx';

/** To come. */
export function RunPage() {
  return <Page>{null}</Page>;
}
