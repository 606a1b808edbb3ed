import { Page } from '../../app/page.tsx';

/** Datasets that grow by people's judgements. */
export function DatasetsPage() {
  return <Page>{null}</Page>;
}

/** One dataset. */
export function DatasetPage() {
  return <Page>{null}</Page>;
}
