import { Page } from '../../app/page.tsx';

/** Queues of answers that people judge. */
export function ReviewsPage() {
  return <Page>{null}</Page>;
}

/** One queue. */
export function ReviewPage() {
  return <Page>{null}</Page>;
}
