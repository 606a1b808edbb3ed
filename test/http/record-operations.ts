import { randomUUID } from 'node:crypto';
import { sampleOf } from '../fixtures/evaluation-run.ts';
import type { Ids } from './company.ts';

/** A call that names records by its path. */
export interface RecordOperation {
  path: (ids: Ids) => string;
  body?: (ids: Ids) => object;
  /** Whose it is; the administrator's when left out. */
  as?: 'eve';
}

const keys = ({ key }: Ids) => `/api/v1/keys/${key}`;
const examples = ({ example }: Ids) => `/api/v1/examples/${example}`;
const classifiers = ({ classifier }: Ids) => `/api/v1/classifiers/${classifier}`;
const batches = (rest = ''): RecordOperation => ({ path: ({ batch }) => `/api/v1/batches/${batch}${rest}` });
const people = ({ person }: Ids) => `/api/v1/people/${person}`;
const teams = ({ team }: Ids) => `/api/v1/teams/${team}`;
const sources = ({ source }: Ids) => `/api/v1/knowledge/sources/${source}`;
const evaluation = (rest: (ids: Ids) => string, body?: (ids: Ids) => object): RecordOperation => ({
  path: (ids) => `/api/v1/evaluations${rest(ids)}`,
  body,
});
const run = (rest: string, body?: (ids: Ids) => object) =>
  evaluation((ids) => `/runs/${ids.run}${rest}`, body);
const job: RecordOperation = { path: ({ job: id }) => `/api/v1/evaluations/jobs/${id}` };
const review = (rest: string) => evaluation((ids) => `/reviews/${ids.review}${rest}`);
const reviewItem = (rest: string, body?: (ids: Ids) => object) =>
  evaluation((ids) => `/reviews/${ids.review}/items/${ids.item}${rest}`, body);
const dataset = (rest: (ids: Ids) => string, body?: (ids: Ids) => object) =>
  evaluation((ids) => `/datasets/${ids.dataset}${rest(ids)}`, body);
const desk = (command: string, body?: (ids: Ids) => object): RecordOperation => ({
  path: ({ conversation }) => `/api/v1/desk/conversations/${conversation}${command}`,
  body,
});
const talk = (rest: string | ((ids: Ids) => string), body?: object): RecordOperation => ({
  path: (ids) => `/api/v1/conversations/${ids.conversation}${typeof rest === 'string' ? rest : rest(ids)}`,
  body: body && (() => body),
  as: 'eve',
});
const renamed = () => ({ name: 'Mine now' });
const message = () => ({ id: randomUUID(), text: 'Mine now' });

/** Every operation whose path names a record of a tenant. */
export const recordOperations: Record<string, RecordOperation> = {
  'DELETE /api/v1/keys/{id}': { path: keys },
  'DELETE /api/v1/examples/{id}': { path: examples },
  'GET /api/v1/classifiers/{name}': { path: classifiers },
  'DELETE /api/v1/classifiers/{name}': { path: classifiers },
  'GET /api/v1/batches/{id}': batches(),
  'GET /api/v1/batches/{id}/events': batches('/events'),
  'GET /api/v1/batches/{id}/results': batches('/results'),
  'GET /api/v1/batches/{id}/errors': batches('/errors'),
  'POST /api/v1/batches/{id}/pause': batches('/pause'),
  'POST /api/v1/batches/{id}/resume': batches('/resume'),
  'POST /api/v1/batches/{id}/cancel': batches('/cancel'),
  'DELETE /api/v1/batches/{id}': batches(),
  'DELETE /api/v1/people/invitations/{id}': {
    path: ({ invitation }) => `/api/v1/people/invitations/${invitation}`,
  },
  'GET /api/v1/people/{id}': { path: people },
  'PATCH /api/v1/people/{id}': { path: people, body: renamed },
  'POST /api/v1/people/{id}/reset': { path: (ids) => `${people(ids)}/reset` },
  'PATCH /api/v1/teams/{id}': { path: teams, body: renamed },
  'DELETE /api/v1/teams/{id}': { path: teams },

  'GET /api/v1/knowledge/sources/{id}': { path: sources },
  'DELETE /api/v1/knowledge/sources/{id}': { path: sources },
  'GET /api/v1/knowledge/sources/{id}/passages': { path: (ids) => `${sources(ids)}/passages` },
  'GET /api/v1/knowledge/passages/{id}': { path: ({ passage }) => `/api/v1/knowledge/passages/${passage}` },
  'DELETE /api/v1/knowledge/gaps/{id}': { path: ({ gap }) => `/api/v1/knowledge/gaps/${gap}` },

  'GET /api/v1/conversations/{id}': talk(''),
  'GET /api/v1/conversations/{id}/messages': talk('/messages'),
  'GET /api/v1/conversations/{id}/events': talk('/events?since=0'),
  'GET /api/v1/conversations/{id}/citations/{passageId}': talk(({ passage }) => `/citations/${passage}`),
  'POST /api/v1/conversations/{id}/stop': talk('/stop'),
  'POST /api/v1/conversations/{id}/handoff': talk('/handoff', {}),
  'PUT /api/v1/conversations/{id}/messages/{messageId}/feedback': talk(
    ({ answer }) => `/messages/${answer}/feedback`,
    { vote: 'up' },
  ),
  'GET /api/v1/chat/{id}/stream': {
    path: ({ conversation }) => `/api/v1/chat/${conversation}/stream`,
    as: 'eve',
  },

  'GET /api/v1/desk/conversations/{id}': desk(''),
  'POST /api/v1/desk/conversations/{id}/take': desk('/take', () => ({})),
  'POST /api/v1/desk/conversations/{id}/replies': desk('/replies', () => ({
    ...message(),
    seenSeq: 0,
    sendAnyway: true,
  })),
  'POST /api/v1/desk/conversations/{id}/notes': desk('/notes', message),
  'POST /api/v1/desk/conversations/{id}/transfer': desk('/transfer', ({ person }) => ({ userId: person })),
  'POST /api/v1/desk/conversations/{id}/release': desk('/release'),
  'POST /api/v1/desk/conversations/{id}/close': desk('/close'),
  'POST /api/v1/desk/conversations/{id}/reopen': desk('/reopen'),

  'POST /api/v1/evaluations/runs/{id}/samples': run('/samples', () => ({ samples: [sampleOf('1')] })),
  'POST /api/v1/evaluations/runs/{id}/seal': run('/seal'),
  'GET /api/v1/evaluations/runs/{id}': run(''),
  'DELETE /api/v1/evaluations/runs/{id}': run(''),
  'GET /api/v1/evaluations/runs/{id}/samples': run('/samples'),
  'GET /api/v1/evaluations/runs/{id}/distribution': run('/distribution?scorer=accuracy'),
  'POST /api/v1/evaluations/runs/{id}/verdict': run('/verdict', () => ({
    decision: 'accepted',
    reason: 'Mine now',
  })),
  'GET /api/v1/evaluations/jobs/{id}': job,
  'DELETE /api/v1/evaluations/jobs/{id}': job,
  'GET /api/v1/evaluations/reviews/{id}': review(''),
  'POST /api/v1/evaluations/reviews/{id}/close': review('/close'),
  'POST /api/v1/evaluations/reviews/{id}/reopen': review('/reopen'),
  'GET /api/v1/evaluations/reviews/{id}/items': review('/items'),
  'GET /api/v1/evaluations/reviews/{id}/calibration': review('/calibration?scorer=judge'),
  'GET /api/v1/evaluations/reviews/{id}/export': review('/export'),
  'POST /api/v1/evaluations/reviews/{id}/next': review('/next'),
  'PUT /api/v1/evaluations/reviews/{id}/items/{itemId}/judgement': reviewItem('/judgement', () => ({
    choice: 3,
  })),
  'DELETE /api/v1/evaluations/reviews/{id}/items/{itemId}/judgement': reviewItem('/judgement'),
  'POST /api/v1/evaluations/reviews/{id}/items/{itemId}/skip': reviewItem('/skip'),
  'GET /api/v1/evaluations/datasets/{name}': dataset(() => ''),
  'POST /api/v1/evaluations/datasets/{name}/rows': dataset(
    () => '/rows',
    ({ run: runId }) => ({ input: 'x', expected: 'y', from: { runId, sample: '1' } }),
  ),
  'DELETE /api/v1/evaluations/datasets/{name}/rows/{id}': dataset(({ row }) => `/rows/${row}`),
  'GET /api/v1/evaluations/datasets/{name}/export': dataset(() => '/export'),
  'POST /api/v1/evaluations/datasets/{name}/versions': dataset(() => '/versions'),
  'GET /api/v1/evaluations/datasets/{name}/versions': dataset(() => '/versions'),
  'GET /api/v1/evaluations/datasets/{name}/versions/{sha256}': dataset(
    ({ version }) => `/versions/${version}`,
  ),
};
