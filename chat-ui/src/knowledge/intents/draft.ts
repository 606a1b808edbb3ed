import type { Intent, IntentAction } from '#contracts';

/** A text of each language, in the order in which they are shown. */
export interface PerLanguage {
  language: string;
  text: string;
}

/** An intent as it is being edited: what may still be wrong or missing is text. */
export interface Draft {
  /** Tells it from the others while its name changes. */
  key: string;
  name: string;
  description: string;
  /** One example a line. */
  examples: PerLanguage[];
  kind: IntentAction['kind'];
  article: string;
  replies: PerLanguage[];
}

export const toDraft = (intent: Intent): Draft => ({
  key: `saved-${intent.name}`,
  name: intent.name,
  description: intent.description,
  examples: Object.entries(intent.examples).map(([language, lines]) => ({
    language,
    text: lines.join('\n'),
  })),
  kind: intent.action.kind,
  article: intent.action.kind === 'answer' ? intent.action.article : '',
  replies:
    intent.action.kind === 'smalltalk'
      ? Object.entries(intent.action.reply).map(([language, text]) => ({ language, text }))
      : [],
});

export const newDraft = (): Draft => ({
  key: `new-${crypto.randomUUID()}`,
  name: '',
  description: '',
  examples: [{ language: 'en', text: '' }],
  kind: 'answer',
  article: '',
  replies: [{ language: 'en', text: '' }],
});

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function toIntent(draft: Draft): Intent {
  const examples = draft.examples.map(({ language, text }) => [language, linesOf(text)] as const);
  return {
    name: draft.name.trim(),
    description: draft.description.trim(),
    examples: Object.fromEntries(examples.filter(([, lines]) => lines.length > 0)),
    action: actionOf(draft),
  };
}

function actionOf({ kind, article, replies }: Draft): IntentAction {
  if (kind === 'answer') return { kind, article: article.trim() };
  if (kind === 'handoff') return { kind };
  const given = replies.map(({ language, text }) => [language, text.trim()] as const);
  return { kind, reply: Object.fromEntries(given.filter(([, text]) => text)) };
}

const same = (draft: Draft, saved: Intent | undefined): boolean =>
  saved !== undefined && JSON.stringify(toIntent(draft)) === JSON.stringify(toIntent(toDraft(saved)));

const savedOf = (draft: Draft, saved: Intent[]) =>
  saved.find((intent) => draft.key === `saved-${intent.name}`);

export const isChanged = (draft: Draft, saved: Intent[]): boolean => !same(draft, savedOf(draft, saved));

/** How many intents would be other than they are: changed, added or gone. */
export function countChanges(drafts: Draft[], saved: Intent[]): number {
  const keys = new Set(drafts.map((draft) => draft.key));
  const gone = saved.filter((intent) => !keys.has(`saved-${intent.name}`)).length;
  return gone + drafts.filter((draft) => isChanged(draft, saved)).length;
}
