import { useQuery } from '@tanstack/react-query';
import { type Role, roles } from '#contracts';
import { CheckList } from './check-list.tsx';
import { teamsQuery } from './queries.ts';
import { roleMeanings, roleNames } from './roles.ts';

export interface Membership {
  roles: Role[];
  teamIds: string[];
}

interface MembershipFieldsProps {
  value: Membership;
  onChange: (value: Membership) => void;
  /** By JSON pointer. */
  wrong: Partial<Record<string, string>>;
  /** Why they must stay an admin. */
  adminFixed?: string;
}

const errorAt = (wrong: Partial<Record<string, string>>, field: string) =>
  Object.entries(wrong).find(([pointer]) => pointer.startsWith(field))?.[1];

/** What somebody is here for, and in which teams. */
export function MembershipFields({ value, onChange, wrong, adminFixed }: MembershipFieldsProps) {
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <>
      <CheckList
        legend="Roles"
        choices={roles.map((role) => ({
          value: role,
          label: roleNames[role],
          hint: roleMeanings[role],
          fixed: role === 'admin' ? adminFixed : undefined,
        }))}
        chosen={value.roles}
        onChange={(next) => onChange({ ...value, roles: next })}
        error={errorAt(wrong, '/roles')}
      />
      {teams.length > 0 && (
        <CheckList
          legend="Teams"
          choices={teams.map((team) => ({ value: team.id, label: team.name }))}
          chosen={value.teamIds}
          onChange={(next) => onChange({ ...value, teamIds: next })}
          error={errorAt(wrong, '/teamIds')}
        />
      )}
    </>
  );
}

/** What is wrong that has no field of its own to stand beside. */
export const generalError = (wrong: Partial<Record<string, string>>, placed: string[]): string | undefined =>
  Object.entries(wrong).find(([pointer]) => !placed.some((each) => pointer.startsWith(each)))?.[1];

export function GeneralError({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className="rounded-lg bg-negative-soft px-3 py-2 text-negative">
      {text}
    </p>
  ) : null;
}
