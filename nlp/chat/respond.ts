import type { ChatData, Citation, Intent, Message, Outcome, SearchHit } from '#contracts';
import { extractAnswer } from './extract.ts';
import { bare, type Embed, type IntentIndex, judgeIntents, rankIntents, surelyHandoff } from './intents.ts';
import { piecesOf } from './pieces.ts';
import { handoffReasons, repliesIn } from './replies.ts';
import { type Evidence, retrieve, type Search } from './retrieve.ts';
import type { PastTurn, Turn } from './turn.ts';
import { onlyThanks, saysNo, saysYes, wishesPerson } from './wish.ts';

/** What answering needs, given by whoever runs it. */
export interface ChatTools {
  embed: Embed;
  search: Search;
  intents(): Promise<IntentIndex>;
}

/** An answer as it comes into being. `end` is last. */
export type AnswerPart =
  | { type: 'route'; route: ChatData['route']['route']; reason: string }
  | { type: 'sources'; hits: SearchHit[] }
  | { type: 'text'; text: string }
  | { type: 'choices'; choices: Message['choices'] }
  | { type: 'handoff'; state: ChatData['handoff']['state']; reason: string }
  | { type: 'end'; outcome: Outcome; citations: Citation[]; gap: Unanswered | null };

/** A question that found nothing, for whoever writes the articles. */
export interface Unanswered {
  question: string;
  language: string;
  /** The best of what was found, which was not enough. */
  best: SearchHit | null;
}

/**
 * Answers a customer's message: fetches a person for who asks for one, replies to thanks and small talk, asks back between two close
 * intents, and otherwise answers in the words of the best passages or says that there is none. Which of these it does
 * depends on the message, the turns before it and how close passages are to it, never on what a passage says.
 */
export async function* respond(turn: Turn, tools: ChatTools): AsyncGenerator<AnswerPart> {
  const replies = repliesIn(turn.language, turn.alone);
  const last = turn.past.at(-1);
  const accepted = offered(last, turn) && saysYes(turn.message, turn.language);
  if (accepted || wishesPerson(turn.message, turn.language)) {
    const reason = accepted ? handoffReasons.accepted : handoffReasons.asked;
    yield { type: 'route', route: 'reply', reason };
    yield* say(replies.handoffRequested);
    yield { type: 'handoff', state: 'requested', reason };
    yield ended('handoff');
    return;
  }

  if (offered(last, turn) && saysNo(turn.message, turn.language)) {
    yield { type: 'route', route: 'reply', reason: 'The customer declined the offer of a person.' };
    yield* say(replies.handoffDeclined);
    yield ended('smalltalk');
    return;
  }

  if (last?.outcome === 'answered' && onlyThanks(turn.message, turn.language)) {
    yield { type: 'route', route: 'reply', reason: 'The customer thanked for an answer.' };
    yield* say(replies.thanked);
    yield ended('smalltalk');
    return;
  }

  const looking = retrieve(turn, tools.search);
  // Small talk ends before it is awaited; its failure then concerns nobody.
  looking.catch(() => {});
  const judged = await judge(turn, tools);
  if (judged.kind === 'one' && judged.intent.action.kind === 'smalltalk') {
    const { reply } = judged.intent.action;
    yield { type: 'route', route: 'reply', reason: `Fits the intent ${judged.intent.name}.` };
    yield* say(reply[turn.language] ?? reply.en ?? Object.values(reply)[0] ?? '');
    yield ended('smalltalk');
    return;
  }
  const people = judged.kind === 'one' && judged.intent.action.kind === 'handoff';
  if (people && (judged.score >= surelyHandoff || !(await looking).answerable)) {
    const reason = handoffReasons.intent(judged.intent.description);
    yield { type: 'route', route: 'reply', reason: `Fits the intent ${judged.intent.name}.` };
    yield* say(replies.handoffOffered);
    yield { type: 'handoff', state: 'offered', reason };
    yield ended('handoff');
    return;
  }
  if (judged.kind === 'two') {
    const names = judged.intents.map(({ name }) => name).join(' and ');
    yield { type: 'route', route: 'reply', reason: `The intents ${names} are close.` };
    yield* say(replies.clarify);
    yield { type: 'choices', choices: judged.intents.map((intent) => choiceOf(intent, turn.language)) };
    if (failed(last)) yield { type: 'handoff', state: 'offered', reason: handoffReasons.failedTwice };
    yield ended('clarify');
    return;
  }
  const evidence = preferring(await looking, turn, judged.kind === 'one' ? judged.intent : undefined);
  if (evidence.answerable) yield* answer(turn, evidence, tools);
  else yield* refuse(turn, evidence);
}

async function* answer(turn: Turn, evidence: Evidence, { embed }: ChatTools): AsyncGenerator<AnswerPart> {
  const { text, citations } = await extractAnswer(evidence.query, evidence.hits, embed);
  const best = evidence.hits[0]?.evidence ?? 0;
  const reason = `The best passage has ${best.toFixed(2)} of evidence; ${evidence.threshold.toFixed(2)} is needed.`;
  yield { type: 'route', route: 'retrieval', reason };
  const cited = new Set(citations.map(({ passageId }) => passageId));
  yield { type: 'sources', hits: evidence.hits.filter(({ passage }) => cited.has(passage.id)) };
  yield* say(text);
  if (turn.past.at(-1)?.disliked) {
    yield { type: 'handoff', state: 'offered', reason: handoffReasons.failedTwice };
  }
  yield { type: 'end', outcome: 'answered', citations, gap: null };
}

function* refuse(turn: Turn, { hits, threshold }: Evidence): Generator<AnswerPart> {
  const [best] = hits;
  const again = failed(turn.past.at(-1));
  const replies = repliesIn(turn.language, turn.alone);
  const reason = best
    ? `The best passage has ${best.evidence.toFixed(2)} of evidence; ${threshold.toFixed(2)} is needed.`
    : 'There is no passage.';
  yield { type: 'route', route: 'reply', reason };
  yield* say(again ? replies.refusedAgain : replies.refused);
  yield {
    type: 'handoff',
    state: 'offered',
    reason: again ? handoffReasons.failedTwice : handoffReasons.refused,
  };
  const gap = { question: turn.message, language: turn.language, best: best ?? null };
  yield { type: 'end', outcome: 'refused', citations: [], gap };
}

function* say(text: string): Generator<AnswerPart> {
  for (const piece of piecesOf(text)) yield { type: 'text', text: piece };
}

const ended = (outcome: Outcome): AnswerPart => ({ type: 'end', outcome, citations: [], gap: null });

/** A choice that was pressed is settled; else the examples of the intents decide. */
async function judge(turn: Turn, tools: ChatTools) {
  const index = await tools.intents();
  if (index.examples.length === 0) return { kind: 'none' } as const;
  const text = bare(turn.message);
  const pressed = turn.past.at(-1)?.choices.find(({ label }) => bare(label) === text);
  const intent = pressed && index.intents.find(({ name }) => name === pressed.intent);
  if (intent) return { kind: 'one', intent, score: 1 } as const;
  if (text === '') return { kind: 'none' } as const;
  // The message itself is wanted a moment later: asked for now, it comes along.
  const [vector] = await tools.embed([text, turn.message]);
  if (!vector) return { kind: 'none' } as const;
  return judgeIntents(index, rankIntents(index, vector, turn.language), turn.message, turn.language);
}

/** What the customer would say: the intent's first example in their language, or else what it is about. */
function choiceOf(intent: Intent, language: string): Message['choices'][number] {
  return { intent: intent.name, label: intent.examples[language]?.[0] ?? intent.description };
}

/** What an intent's article is worth to a message that has it. */
const intentBonus = 0.15;

/** The article of the message's intent first, and last what earlier tries at this message already showed, where there is more. */
function preferring(evidence: Evidence, turn: Turn, intent: Intent | undefined): Evidence {
  const { threshold } = evidence;
  const article = intent?.action.kind === 'answer' ? intent.action.article : undefined;
  const worth = (hit: SearchHit) =>
    article !== undefined && articleOf(hit) === article ? hit.evidence + intentBonus : hit.evidence;
  const ranked = evidence.hits
    .map((hit) => ({ ...hit, evidence: worth(hit) }))
    .sort((a, b) => b.evidence - a.evidence);
  const fresh = ranked.filter(({ passage }) => !turn.tried.includes(passage.id));
  const hits = (fresh[0]?.evidence ?? 0) >= threshold ? fresh : ranked;
  return { ...evidence, hits, answerable: (hits[0]?.evidence ?? 0) >= threshold };
}

/** The name of a source without its folder and extension. */
const articleOf = ({ passage }: SearchHit) => passage.sourceName.replace(/^.*\//, '').replace(/\.\w+$/, '');

/** A turn after which a "yes" means a person. */
const offered = (last: PastTurn | undefined, { alone }: Turn) =>
  !alone && (last?.outcome === 'refused' || last?.outcome === 'handoff');

/** A turn that did not help. */
const failed = (turn: PastTurn | undefined) =>
  turn !== undefined && (turn.disliked || turn.outcome === 'refused' || turn.outcome === 'clarify');
