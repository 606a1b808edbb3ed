import type {
  Availability,
  ColleagueList,
  DeskResult,
  InboxPage,
  InboxView,
  NoteRequest,
  PresenceRequest,
  ReplyRequest,
  TakeRequest,
  Transcript,
  TransferRequest,
} from '#contracts';
import { type Call, type CallSettings, type Open, queryOf } from './call.ts';

/** Which conversations to list; pass `next` of one page as `after` to read the following one. */
export interface InboxFilter {
  view?: InboxView;
  closed?: boolean;
  search?: string;
  after?: string;
}

/** What agents work with. Needs `agent`. A refused reply throws `conflict` with what its author had not read in `details.news`. */
export const deskCalls = (call: Call, open: Open) => {
  const path = (id: string, command = '') => `/api/v1/desk/conversations/${encodeURIComponent(id)}${command}`;
  const post = (id: string, command: string, body?: unknown) =>
    call<DeskResult>('POST', path(id, command), body);
  return {
    list: ({ closed, ...filter }: InboxFilter = {}, settings?: CallSettings) =>
      call<InboxPage>(
        'GET',
        `/api/v1/desk/conversations${queryOf({ ...filter, closed: closed ? 'true' : undefined })}`,
        undefined,
        settings,
      ),
    /** The latest events, or those before `before`. */
    get: (id: string, before?: number, settings?: CallSettings) =>
      call<Transcript>('GET', path(id, queryOf({ before: before?.toString() })), undefined, settings),
    take: (id: string, request: Partial<TakeRequest> = {}) => post(id, '/take', request),
    reply: (id: string, request: ReplyRequest) => post(id, '/replies', request),
    note: (id: string, request: NoteRequest) => post(id, '/notes', request),
    transfer: (id: string, request: Partial<TransferRequest>) => post(id, '/transfer', request),
    release: (id: string) => post(id, '/release'),
    close: (id: string) => post(id, '/close'),
    reopen: (id: string) => post(id, '/reopen'),
    colleagues: () => call<ColleagueList>('GET', '/api/v1/desk/colleagues'),
    setAvailability: (availability: Availability) =>
      call<void>('PUT', '/api/v1/desk/availability', { availability }),
    see: (where: PresenceRequest, settings?: CallSettings) =>
      call<void>('POST', '/api/v1/desk/presence', where, settings),
    /** Server-sent events, each a `DeskFrame`, after the change `since`. */
    events: (since: number, settings?: CallSettings) => open(`/api/v1/desk/events?since=${since}`, settings),
    /** Plays the conversations of the sample company, `speed` times as fast as written. Throws `conflict` while it does. */
    demo: (speed = 1) => call<void>('POST', `/api/v1/demo/play?speed=${speed}`),
  };
};
