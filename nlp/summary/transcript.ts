import type { Span } from '../text/segment.ts';

/** What somebody said in one go. The offsets are those of the words, without the speaker's name. */
export interface Turn extends Span {
  speaker: string;
}

/** `12:04`, `[12:04:31]`, `(9:15 pm)`, and a hyphen or bold marks after it. */
const time = String.raw`(?:[[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?[\])]?\s*[-–—]?\s*)?`;
const named = new RegExp(
  String.raw`^\s*${time}\*{0,2}([\p{L}][\p{L}\p{M}\p{N} .'’()_-]{0,39}?)\*{0,2}\s*[:：](?!//)\*{0,2}[^\S\n]*`,
  'u',
);

const agents =
  /(?<!\p{L})(?:agent|support|assistant|bot|chatbot|advis[eo]r|representative|rep|operator|service|staff|system|action|doctor|dr|nurse|consultant|agente|soporte|asistente|asesora?|operadora?|sistema|médic[oa]|doctora|enfermer[oa]|atención|gestora?)(?!\p{L})/iu;
const customers =
  /(?<!\p{L})(?:customer|client|user|caller|guest|patient|consumer|buyer|visitor|shopper|member|cliente|clienta|usuari[oa]|paciente|compradora?|invitad[oa])(?!\p{L})/iu;

/**
 * The turns of a transcript: each begins a line with a name and a colon, after the time if there is one, and goes on until the
 * next. A name is one that says a role, or that begins two lines or more, so that `Order number: 48213` in the middle of a turn
 * is none; where not even two are so, each counts. Lines before the first turn are no part of the conversation. Empty when no line begins so.
 */
export function turnsOf(text: string): Turn[] {
  const lines = linesOf(text).map((line) => ({ ...line, ...labelOf(text, line) }));
  const counts = new Map<string, number>();
  for (const { speaker } of lines) if (speaker) counts.set(key(speaker), (counts.get(key(speaker)) ?? 0) + 1);
  const sure = new Set(
    lines.flatMap(({ speaker }) =>
      speaker && ((counts.get(key(speaker)) ?? 0) > 1 || roleIn(speaker)) ? [key(speaker)] : [],
    ),
  );
  // Two people may each say one thing; one name that is said once is as likely a heading.
  if (sure.size === 0 && counts.size < 2) return [];
  const speaks = (speaker: string) => sure.size < 2 || sure.has(key(speaker));
  const turns: Turn[] = [];
  for (const { start, end, speaker, from } of lines) {
    if (speaker && speaks(speaker)) turns.push({ speaker, start: from, end });
    else if (turns.length > 0 && text.slice(start, end).trim()) (turns.at(-1) as Turn).end = end;
  }
  return turns.map((turn) => trimmed(text, turn)).filter(({ start, end }) => end > start);
}

export type Role = 'customer' | 'agent';

/**
 * Who is who, by speaker as written: the named customer, or what the names say, or, of two, who offers help. Undefined where
 * that does not tell them apart. Whoever is not the customer speaks for the company.
 */
export function rolesOf(
  text: string,
  turns: readonly Turn[],
  customer?: string,
): Map<string, Role> | undefined {
  const speakers = [...new Set(turns.map(({ speaker }) => speaker))];
  const all = (isCustomer: (speaker: string) => boolean) =>
    new Map(
      speakers.map((speaker) => [speaker, isCustomer(speaker) ? ('customer' as const) : ('agent' as const)]),
    );
  if (customer !== undefined) return all((speaker) => key(speaker) === key(customer));
  const known = speakers.map(roleIn);
  if (known.includes('customer')) return all((speaker) => roleIn(speaker) === 'customer');
  const others = speakers.filter((_, at) => known[at] === undefined);
  if (known.includes('agent'))
    return others.length < 2 ? all((speaker) => others.includes(speaker)) : undefined;
  const offering = [
    ...new Set(
      turns.filter(({ start, end }) => offersHelp.test(text.slice(start, end))).map((turn) => turn.speaker),
    ),
  ];
  if (speakers.length !== 2 || offering.length !== 1) return undefined;
  return all((speaker) => !offering.includes(speaker));
}

/** Whether this is the name of a speaker, however it is written. */
export const speaksAs = (turns: readonly Turn[], name: string): boolean =>
  turns.some(({ speaker }) => key(speaker) === key(name));

const offersHelp =
  /\bhow (?:can|may|could) (?:i|we) (?:help|assist)\b|\b(?:can|may) i (?:help|assist) you\b|\bwhat can i do for you\b|en qué (?:le |te |os |les )?pued[oe]|cómo (?:le |te |os )?puedo ayudar|puedo ayudar(?:le|te|os)/i;

const roleIn = (speaker: string): Role | undefined =>
  agents.test(speaker) ? 'agent' : customers.test(speaker) ? 'customer' : undefined;

const key = (speaker: string) => speaker.trim().toLowerCase().replaceAll(/\s+/g, ' ');

function labelOf(text: string, { start, end }: Span): { speaker?: string; from: number } {
  const found = named.exec(text.slice(start, end));
  const speaker = found?.[1]?.trim();
  if (!found || !speaker || speaker.split(/\s+/).length > 5) return { from: start };
  return { speaker, from: start + found[0].length };
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  while (start <= text.length) {
    const line = text.indexOf('\n', start);
    const end = line < 0 ? text.length : line;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

function trimmed(text: string, turn: Turn): Turn {
  const piece = text.slice(turn.start, turn.end);
  const start = turn.start + piece.length - piece.trimStart().length;
  return { ...turn, start, end: turn.start + piece.trimEnd().length };
}
