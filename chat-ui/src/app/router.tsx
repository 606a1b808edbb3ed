import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { patiently } from '../api/connection.ts';
import { keysSearch } from '../keys/search.ts';
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
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => patiently(() => import('../settings/page.tsx')), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([playground, models.addChildren([modelList, model]), keys, settings]),
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
