import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { patiently } from '../api/connection.ts';
import { deskSearch } from '../desk/search.ts';
import { compareSearch, runSearch, runsSearch, trendsSearch } from '../evaluation/address.ts';
import { datasetSearch } from '../evaluation/datasets/address.ts';
import { reviewSearch } from '../evaluation/review/address.ts';
import { keysSearch } from '../keys/search.ts';
import { knowledgeSearch } from '../knowledge/address.ts';
import { peopleSearch } from '../people/search.ts';
import { playgroundSearch } from '../playground/search.ts';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { NotFound, PageFailed } from './failure.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const playground = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: playgroundSearch,
  component: lazyRouteComponent(() => patiently(() => import('../playground/page.tsx')), 'PlaygroundPage'),
});
// Chat and desk stay as they are while one goes from conversation to conversation: the children only name which.
const chat = createRoute({
  getParentRoute: () => root,
  path: '/chat',
  component: lazyRouteComponent(() => patiently(() => import('../chat/page.tsx')), 'ChatPage'),
});
const chatConversation = createRoute({ getParentRoute: () => chat, path: '$conversation' });
const desk = createRoute({
  getParentRoute: () => root,
  path: '/desk',
  validateSearch: deskSearch,
  component: lazyRouteComponent(() => patiently(() => import('../desk/page.tsx')), 'DeskPage'),
});
const deskConversation = createRoute({ getParentRoute: () => desk, path: '$conversation' });
const batches = createRoute({
  getParentRoute: () => root,
  path: '/batches',
  component: lazyRouteComponent(() => patiently(() => import('../batches/page.tsx')), 'BatchesPage'),
});
const models = createRoute({ getParentRoute: () => root, path: '/models' });
const modelList = createRoute({
  getParentRoute: () => models,
  path: '/',
  component: lazyRouteComponent(() => patiently(() => import('../models/page.tsx')), 'ModelsPage'),
});
// A splat, because a model id may contain a slash.
const model = createRoute({
  getParentRoute: () => models,
  path: '$',
  component: lazyRouteComponent(() => patiently(() => import('../models/detail.tsx')), 'ModelPage'),
});
const keys = createRoute({
  getParentRoute: () => root,
  path: '/keys',
  validateSearch: keysSearch,
  component: lazyRouteComponent(() => patiently(() => import('../keys/page.tsx')), 'KeysPage'),
});
const knowledge = createRoute({ getParentRoute: () => root, path: '/knowledge' });
const knowledgeTabs = createRoute({
  getParentRoute: () => knowledge,
  path: '/',
  validateSearch: knowledgeSearch,
  component: lazyRouteComponent(() => patiently(() => import('../knowledge/page.tsx')), 'KnowledgePage'),
});
const source = createRoute({
  getParentRoute: () => knowledge,
  path: '/sources/$source',
  component: lazyRouteComponent(() => patiently(() => import('../knowledge/source/page.tsx')), 'SourcePage'),
});
const evaluation = createRoute({ getParentRoute: () => root, path: '/evaluation' });
const runs = createRoute({
  getParentRoute: () => evaluation,
  path: '/',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => patiently(() => import('../evaluation/runs/page.tsx')), 'RunsPage'),
});
const run = createRoute({
  getParentRoute: () => evaluation,
  path: '/runs/$run',
  validateSearch: runSearch,
  component: lazyRouteComponent(() => patiently(() => import('../evaluation/run/page.tsx')), 'RunPage'),
});
const compare = createRoute({
  getParentRoute: () => evaluation,
  path: '/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(
    () => patiently(() => import('../evaluation/compare/page.tsx')),
    'ComparePage',
  ),
});
const trends = createRoute({
  getParentRoute: () => evaluation,
  path: '/trends',
  validateSearch: trendsSearch,
  component: lazyRouteComponent(() => patiently(() => import('../evaluation/trends/page.tsx')), 'TrendsPage'),
});
const reviews = createRoute({
  getParentRoute: () => evaluation,
  path: '/reviews',
  component: lazyRouteComponent(
    () => patiently(() => import('../evaluation/review/page.tsx')),
    'ReviewsPage',
  ),
});
const review = createRoute({
  getParentRoute: () => evaluation,
  path: '/reviews/$review',
  validateSearch: reviewSearch,
  component: lazyRouteComponent(() => patiently(() => import('../evaluation/review/page.tsx')), 'ReviewPage'),
});
const datasets = createRoute({
  getParentRoute: () => evaluation,
  path: '/datasets',
  component: lazyRouteComponent(
    () => patiently(() => import('../evaluation/datasets/page.tsx')),
    'DatasetsPage',
  ),
});
const dataset = createRoute({
  getParentRoute: () => evaluation,
  path: '/datasets/$dataset',
  validateSearch: datasetSearch,
  component: lazyRouteComponent(
    () => patiently(() => import('../evaluation/datasets/page.tsx')),
    'DatasetPage',
  ),
});
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => patiently(() => import('../people/page.tsx')), 'PeoplePage'),
});
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => patiently(() => import('../people/account/page.tsx')), 'AccountPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(
    () => patiently(() => import('../people/invitation-page.tsx')),
    'InvitationPage',
  ),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => patiently(() => import('../settings/page.tsx')), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    chat.addChildren([chatConversation]),
    desk.addChildren([deskConversation]),
    playground,
    batches,
    models.addChildren([modelList, model]),
    keys,
    knowledge.addChildren([knowledgeTabs, source]),
    evaluation.addChildren([runs, run, compare, trends, reviews, review, datasets, dataset]),
    people,
    account,
    invitation,
    settings,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  defaultPendingComponent: () => <SkeletonBlock label="Loading the page" lines={6} />,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
