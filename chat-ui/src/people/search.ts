const tabs = ['people', 'invitations', 'teams'] as const;
export type PeopleTab = (typeof tabs)[number];

export interface PeopleSearch {
  tab?: Exclude<PeopleTab, 'people'>;
  /** Opens the invitation dialog, for the palette. */
  invite?: boolean;
}

export const peopleSearch = (search: Record<string, unknown>): PeopleSearch => {
  const tab = tabs.find((each) => each === search.tab);
  return {
    tab: tab === 'people' ? undefined : tab,
    invite: search.invite === true || undefined,
  };
};
