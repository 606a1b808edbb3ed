import { z } from 'zod';
import { type Scope, scope } from './keys.ts';
import { recordId, storedText } from './text.ts';

/** What a person is here for. A person may have several roles. */
export const roles = ['agent', 'reviewer', 'trainer', 'admin'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** The scopes that come with a role. Customers are no users: they hold a token with the scope `chat`. */
export const scopesOfRole: Record<Role, readonly Scope[]> = {
  agent: ['inference', 'chat', 'agent'],
  reviewer: ['inference', 'review'],
  trainer: ['inference', 'train'],
  admin: ['admin'],
};

const personName = storedText.trim().min(1).max(100);
const email = z.email('Give an e-mail address.').max(254).toLowerCase();
/** Length is what makes a password strong (NIST SP 800-63B). */
const password = storedText.min(10, 'Use at least 10 characters.').max(200, 'Use at most 200 characters.');
const givenPassword = storedText.min(1).max(200);
const someRoles = z.array(role).min(1).max(roles.length);
const someTeams = z.array(recordId).max(50);

export const user = z.object({
  id: z.string(),
  name: z.string(),
  /** Null for the person at an open loopback port, and for readers who do not manage people. */
  email: z.string().nullable(),
  roles: z.array(role),
  teamIds: z.array(z.string()),
  /** Whether an agent takes new conversations. */
  availability: z.enum(['available', 'away']),
  createdAt: z.iso.datetime(),
  /** A disabled user cannot sign in and is offered nothing. */
  disabledAt: z.iso.datetime().nullable(),
});
export type User = z.infer<typeof user>;
export const userList = z.object({ users: z.array(user) });

export const changeUserRequest = z.strictObject({
  name: personName.optional(),
  roles: someRoles.optional(),
  teamIds: someTeams.optional(),
  disabled: z.boolean().optional(),
});
export type ChangeUserRequest = z.infer<typeof changeUserRequest>;

export const team = z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() });
export type Team = z.infer<typeof team>;
export const teamList = z.object({ teams: z.array(team) });
export const saveTeamRequest = z.strictObject({ name: personName });
export type SaveTeamRequest = z.infer<typeof saveTeamRequest>;

export const invitation = z.object({
  id: z.string(),
  /** `reset` lets somebody who is here already choose a new password. */
  kind: z.enum(['join', 'reset']),
  email: z.string(),
  roles: z.array(role),
  teamIds: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof invitation>;
export const invitationList = z.object({ invitations: z.array(invitation) });
/**
 * The address to send is `<server>/invitation/<token>`. `token` is absent when the same `Idempotency-Key` is sent again:
 * it cannot be shown twice.
 */
export const createdInvitation = invitation.extend({ token: z.string().optional() });
export type CreatedInvitation = z.infer<typeof createdInvitation>;

export const inviteRequest = z.strictObject({
  email,
  roles: someRoles.default(['agent']),
  teamIds: someTeams.default([]),
});
export type InviteRequest = z.infer<typeof inviteRequest>;

/** What is in the address that was sent. */
export const invitationToken = z.string().regex(/^pli_[\w-]{43}$/, 'This is not an invitation.');
/** What whoever holds an invitation may know before accepting it. */
export const invitationOffer = invitation.pick({ kind: true, email: true, expiresAt: true });
export type InvitationOffer = z.infer<typeof invitationOffer>;
export const acceptInvitationRequest = z.strictObject({
  name: personName.optional().describe('Needed to join; a reset leaves the name as it is'),
  password,
});
export type AcceptInvitationRequest = z.infer<typeof acceptInvitationRequest>;

export const signInRequest = z.strictObject({ email, password: givenPassword });
export type SignInRequest = z.infer<typeof signInRequest>;
export const changePasswordRequest = z.strictObject({ current: givenPassword, password });
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>;

/**
 * Who the caller is: a signed-in user, the person at an open loopback port, an API key, a customer, or nobody yet.
 */
export const session = z.object({
  kind: z.enum(['user', 'local', 'key', 'customer', 'none']),
  user: user.nullable(),
  scopes: z.array(scope),
  /** Name of the OpenID Connect provider to offer at sign-in; null when there is none. */
  openIdProvider: z.string().nullable(),
});
export type Session = z.infer<typeof session>;

/** One device on which the caller is signed in. */
export const signIn = z.object({
  id: z.string(),
  userAgent: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  /** The one this very request came by. */
  current: z.boolean(),
});
export type SignIn = z.infer<typeof signIn>;
export const signInList = z.object({ sessions: z.array(signIn) });

/** A customer nobody knows: the token is all that proves which conversations are theirs. */
export const customerToken = z.object({ customerId: z.string(), token: z.string() });
export type CustomerToken = z.infer<typeof customerToken>;
