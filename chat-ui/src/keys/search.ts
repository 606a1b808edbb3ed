export interface KeysSearch {
  tab?: 'audit';
  /** Opens the create dialog, for the palette. */
  create?: boolean;
}

export const keysSearch = (search: Record<string, unknown>): KeysSearch => ({
  tab: search.tab === 'audit' ? 'audit' : undefined,
  create: search.create === true || undefined,
});
