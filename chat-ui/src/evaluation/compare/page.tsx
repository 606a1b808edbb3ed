import { Page } from '../../app/page.tsx';

/** To come. */
export function ComparePage() {
  return <Page>{null}</Page>;
}
