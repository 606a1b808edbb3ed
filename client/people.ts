import type {
  AcceptInvitationRequest,
  ChangePasswordRequest,
  ChangeUserRequest,
  CreatedInvitation,
  Invitation,
  InvitationOffer,
  InviteRequest,
  SaveTeamRequest,
  Session,
  SignIn,
  SignInRequest,
  Team,
  User,
} from '#contracts';
import type { Call } from './call.ts';

const id = encodeURIComponent;

/** Who the caller is. In a browser the server keeps the sign-in in a cookie that no script can read. */
export const sessionCalls = (call: Call) => ({
  get: () => call<Session>('GET', '/api/v1/session'),
  signIn: (request: SignInRequest) => call<Session>('POST', '/api/v1/session', request),
  signOut: () => call<void>('DELETE', '/api/v1/session'),
  /** Ends every other sign-in of the caller. */
  changePassword: (request: ChangePasswordRequest) => call<void>('PUT', '/api/v1/session/password', request),
  signIns: async () => (await call<{ sessions: SignIn[] }>('GET', '/api/v1/session/sessions')).sessions,
  endSignIn: (signIn: string) => call<void>('DELETE', `/api/v1/session/sessions/${id(signIn)}`),
});

/** Those who work here. Needs `admin` for everything but reading. */
export const peopleCalls = (call: Call) => ({
  list: async () => (await call<{ users: User[] }>('GET', '/api/v1/people')).users,
  change: (user: string, request: ChangeUserRequest) =>
    call<User>('PATCH', `/api/v1/people/${id(user)}`, request),
  /** A link by which they choose a new password. */
  resetPassword: (user: string) => call<CreatedInvitation>('POST', `/api/v1/people/${id(user)}/reset`),
});

export const invitationCalls = (call: Call) => ({
  list: async () =>
    (await call<{ invitations: Invitation[] }>('GET', '/api/v1/people/invitations')).invitations,
  create: (request: Partial<InviteRequest> & { email: string }) =>
    call<CreatedInvitation>('POST', '/api/v1/people/invitations', request),
  withdraw: (invitation: string) => call<void>('DELETE', `/api/v1/people/invitations/${id(invitation)}`),
  /** What the holder of a token is offered. */
  offer: (token: string) => call<InvitationOffer>('GET', `/api/v1/people/invitations/${id(token)}/accept`),
  accept: (token: string, request: AcceptInvitationRequest) =>
    call<Session>('POST', `/api/v1/people/invitations/${id(token)}/accept`, request),
});

export const teamCalls = (call: Call) => ({
  list: async () => (await call<{ teams: Team[] }>('GET', '/api/v1/teams')).teams,
  create: (request: SaveTeamRequest) => call<Team>('POST', '/api/v1/teams', request),
  rename: (team: string, request: SaveTeamRequest) =>
    call<Team>('PATCH', `/api/v1/teams/${id(team)}`, request),
  remove: (team: string) => call<void>('DELETE', `/api/v1/teams/${id(team)}`),
});
