import { createRoute, z } from '@hono/zod-openapi';
import {
  gapList,
  intentList,
  language,
  passage,
  passageList,
  recordId,
  searchRequest,
  searchResponse,
  source,
  sourceList,
} from '#contracts';
import type { Knowledge } from '../../knowledge/index.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { filesOf } from '../multipart.ts';
import { json, newRouter, ok, problemResponses } from '../router.ts';

const reading = { tags: ['knowledge'], middleware: requireScope('agent') };
const writing = { tags: ['knowledge'], middleware: requireScope('admin') };
const byId = { params: z.object({ id: recordId }) };

const listSources = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/knowledge/sources',
  summary: 'List the documents the bot answers from',
  request: {
    query: z.object({
      query: z.string().max(200).optional().describe('In the title, the name or the section'),
      language: language.optional(),
      after: z.string().max(2000).optional().describe('`next` of the page before'),
    }),
  },
  responses: { ...ok('By name; `next` is null on the last page', sourceList), ...problemResponses() },
});

/** Described and not validated here: the files are read as they arrive. */
const form = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object' as const,
        required: ['file'],
        properties: {
          name: {
            type: 'string' as const,
            description: 'What the file after it is called, such as en/roaming.md',
          },
          file: {
            type: 'array' as const,
            items: { type: 'string' as const, format: 'binary' },
            description: 'Markdown, HTML, plain text, .docx or .pdf; 20 MB each',
          },
        },
      },
    },
  },
};

const addSources = createRoute({
  ...writing,
  method: 'post',
  path: '/api/v1/knowledge/sources',
  summary: 'Upload documents',
  description:
    'Answers as soon as the files are stored; ask for a source until its `state` is no longer `reading`. A document of the same name is replaced once the new one is read; the same bytes again change nothing.',
  requestBody: form,
  request: {
    query: z.object({ language: language.optional().describe('Where a file does not say its own') }),
  },
  responses: {
    202: {
      description: 'A source for each file, in their order',
      content: json(z.object({ sources: z.array(source) })),
    },
    ...problemResponses('too_large', 'storage_full'),
  },
});

const getSource = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/knowledge/sources/{id}',
  summary: 'Look at a document',
  request: byId,
  responses: { ...ok('The document', source), ...problemResponses('not_found') },
});

const removeSource = createRoute({
  ...writing,
  method: 'delete',
  path: '/api/v1/knowledge/sources/{id}',
  summary: 'Remove a document',
  request: byId,
  responses: {
    204: { description: 'The bot no longer answers from it' },
    ...problemResponses('not_found', 'storage_full'),
  },
});

const listPassages = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/knowledge/sources/{id}/passages',
  summary: 'Read the passages of a document',
  request: byId,
  responses: { ...ok('In reading order', passageList), ...problemResponses('not_found') },
});

const getPassage = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/knowledge/passages/{id}',
  summary: 'Read one passage',
  request: byId,
  responses: { ...ok('The passage', passage), ...problemResponses('not_found') },
});

const search = createRoute({
  ...reading,
  method: 'post',
  path: '/api/v1/knowledge/search',
  summary: 'See what a question finds, and why',
  request: { body: { content: json(searchRequest), required: true } },
  responses: {
    ...ok('Best evidence first', searchResponse),
    ...problemResponses('too_large', 'timeout', 'model_unavailable'),
  },
});

const listGaps = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/knowledge/gaps',
  summary: 'List the questions that found nothing',
  responses: { ...ok('Asked most often first', gapList), ...problemResponses() },
});

const dismissGap = createRoute({
  ...writing,
  method: 'delete',
  path: '/api/v1/knowledge/gaps/{id}',
  summary: 'Dismiss a question that found nothing',
  request: byId,
  responses: {
    204: { description: 'It is gone until it is asked again' },
    ...problemResponses('not_found', 'storage_full'),
  },
});

const listIntents = createRoute({
  ...reading,
  method: 'get',
  path: '/api/v1/knowledge/intents',
  summary: 'List what customers come with',
  responses: { ...ok('In their order', intentList), ...problemResponses() },
});

const replaceIntents = createRoute({
  ...writing,
  method: 'put',
  path: '/api/v1/knowledge/intents',
  summary: 'Replace what customers come with',
  request: { body: { content: json(intentList), required: true } },
  responses: { ...ok('As saved', intentList), ...problemResponses('too_large', 'storage_full') },
});

/** What the bot answers from. Reading needs `agent`, changing it `admin`. */
export function knowledgeRoutes({ knowledge }: { knowledge: Knowledge }) {
  const { sources, gaps, intents } = knowledge;
  return newRouter()
    .openapi(listSources, async (c) =>
      c.json(await sources.list(c.get('principal').tenant, c.req.valid('query')), 200),
    )
    .openapi(addSources, async (c) => {
      const { language: spoken = null } = c.req.valid('query');
      return c.json({ sources: await sources.add(c.get('principal'), filesOf(c.req.raw), spoken) }, 202);
    })
    .openapi(getSource, async (c) =>
      c.json(await sources.get(c.get('principal').tenant, c.req.valid('param').id), 200),
    )
    .openapi(removeSource, async (c) => {
      await sources.remove(c.get('principal'), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(listPassages, async (c) =>
      c.json({ passages: await sources.passages(c.get('principal').tenant, c.req.valid('param').id) }, 200),
    )
    .openapi(getPassage, async (c) =>
      c.json(await sources.passage(c.get('principal').tenant, c.req.valid('param').id), 200),
    )
    .openapi(search, async (c) =>
      c.json(
        await knowledge.search(c.get('principal').tenant, {
          ...c.req.valid('json'),
          signal: c.req.raw.signal,
        }),
        200,
      ),
    )
    .openapi(listGaps, async (c) => c.json({ gaps: await gaps.list(c.get('principal').tenant) }, 200))
    .openapi(dismissGap, async (c) => {
      await gaps.dismiss(c.get('principal').tenant, c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(listIntents, async (c) =>
      c.json({ intents: await intents.list(c.get('principal').tenant) }, 200),
    )
    .openapi(replaceIntents, async (c) =>
      c.json({ intents: await intents.replace(c.get('principal'), c.req.valid('json').intents) }, 200),
    );
}
