import { createRoute } from '@hono/zod-openapi';
import { customerToken } from '#contracts';
import type { CustomerStore } from '../../people/customers.ts';
import { addressOf } from '../address.ts';
import { newRouter, problemResponses } from '../router.ts';

const create = createRoute({
  tags: ['customers'],
  security: [{}, { key: [] }],
  method: 'post',
  path: '/api/v1/customers',
  summary: 'Become a customer',
  description:
    'The token goes along as `Authorization: Bearer plc_…` and opens the conversations that were begun with it, and no others. A key with the scope `chat` makes one for whoever it serves; anybody may where the server chats with strangers.',
  responses: {
    201: {
      description: 'A new customer and the token, good for 90 days',
      content: { 'application/json': { schema: customerToken } },
    },
    ...problemResponses('storage_full'),
  },
});

/** Customers, who prove by a token which conversations are theirs. */
export function customerRoutes({ people }: { people: { customers: CustomerStore } }) {
  return newRouter().openapi(create, async (c) =>
    c.json(await people.customers.create(c.get('principal'), addressOf(c)), 201),
  );
}
