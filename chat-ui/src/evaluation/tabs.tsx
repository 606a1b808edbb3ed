import { Link } from '@tanstack/react-router';

const tab =
  '-outline-offset-2 relative inline-flex h-11 items-center px-2.5 font-medium text-muted after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:rounded-full hover:text-ink aria-[current=page]:text-ink aria-[current=page]:after:bg-accent forced-colors:aria-[current=page]:after:bg-[Highlight]';

const tabs = [
  { to: '/evaluation', title: 'Runs' },
  { to: '/evaluation/reviews', title: 'Reviews' },
  { to: '/evaluation/datasets', title: 'Datasets' },
] as const;

/** The three lists of evaluation, as links: each has an address of its own. */
export function EvaluationTabs() {
  return (
    <nav aria-label="Evaluation" className="scroll-x -mx-2.5 flex gap-1">
      {tabs.map(({ to, title }) => (
        <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }} className={tab}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
