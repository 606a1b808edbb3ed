import type { Evaluations } from '../../evaluation/index.ts';
import { newRouter } from '../router.ts';
import { evaluationDatasetRoutes } from './evaluation-datasets.ts';
import { evaluationJobRoutes } from './evaluation-jobs.ts';
import { evaluationReviewRoutes } from './evaluation-reviews.ts';
import { evaluationRunRoutes } from './evaluation-runs.ts';

/** What reviewers work with. Needs `review`. */
export function evaluationRoutes(services: { evaluations: Evaluations }) {
  return newRouter()
    .route('/', evaluationRunRoutes(services))
    .route('/', evaluationJobRoutes(services))
    .route('/', evaluationReviewRoutes(services))
    .route('/', evaluationDatasetRoutes(services));
}
