import { type SpokenLanguage, spoken, wordsIn } from './words.ts';

const people: Record<SpokenLanguage, string> = {
  en: '(person|human|human being|agent|adviser|advisor|representative|rep|operator|manager|supervisor|member of staff|colleague of yours)',
  es: '(persona|humano|humana|agente|asesor|asesora|operador|operadora|responsable|encargado|encargada|supervisor|supervisora|comercial)',
};

/** What someone who wants a person says. Narrow on purpose: what it misses is still offered one by an intent or after two failures. */
const wishes: Record<SpokenLanguage, RegExp[]> = {
  en: [
    new RegExp(
      `\\b(speak|talk|chat) (to|with) (an? |the |your |some )?((real|actual|live|human) )*(${people.en}|someone|somebody)\\b`,
    ),
    new RegExp(
      `\\b(get|fetch|find|give|connect|put|transfer|pass|hand)( me| us)?( over| through| on)?( to| with)? (an? |the |your |some )?((real|actual|live|human) )*(${people.en}|someone real|somebody real)\\b`,
    ),
    /\b(put|pass|transfer|connect) me (through|over)\b/,
    new RegExp(
      `\\b(want|need|prefer|would like|i'd like) (an? |the |your |some )?((real|actual|live|human) )*${people.en}\\b`,
    ),
    new RegExp(`^(an? )?((real|actual|live|human) )*${people.en}( please| now)*$`),
  ],
  es: [
    new RegExp(
      `(hablar|hablo|hable|chatear|conversar) con (un |una |el |la |alg[uú]n |alguna )?(${people.es}|alguien)(?![\\p{L}])`,
      'u',
    ),
    /(p[aá]s[ae]me|p[aá]sadme|p[oó]n(ga|ed)?me|comun[ií]c[ae]me|comunicadme|transfi[eé]r[ae]me) con/u,
    new RegExp(
      `(quiero|necesito|prefiero|dame|deme|dadme|busco) (a )?(un |una )?${people.es}(?![\\p{L}])`,
      'u',
    ),
    new RegExp(`^(un |una )?${people.es}( real| humana?)?( por favor| ya| ahora)*$`, 'u'),
  ],
};

/** Asks when or where there are people, not for one. */
const asksAbout: Record<SpokenLanguage, RegExp> = {
  en: /\b(what time|when|how long|where|opening hours|which days|do i need to|should i|have to|why)\b/,
  es: /(qué hora|cuándo|cuánto|dónde|horario|qué días|por qué|tengo que|hace falta)/u,
};

/** Words that mean yes, and those that may stand beside them. */
const yes: Record<SpokenLanguage, { affirms: RegExp; with: RegExp }> = {
  en: {
    affirms: /^(yes|yeah|yep|yup|ok|okay|sure|please|absolutely|definitely)$/,
    with: /^(please|thanks|thank|you|do|it|that|go|ahead|of|course|then|a|person|get|one|me)$/,
  },
  es: {
    affirms: /^(sí|si|vale|ok|claro|adelante|venga|perfecto|hazlo|avisa|avísala)$/,
    with: /^(por|favor|gracias|de|acuerdo|claro|a|una|persona|avisa|avísala|ya|que|sí)$/,
  },
};

const no: Record<SpokenLanguage, RegExp> = {
  en: /^(no|nope|nah|not|now|need|thanks|thank|you|it's|it|is|fine|ok|okay|leave|never|mind|don't)$/,
  es: /^(no|gracias|hace|falta|ahora|déjalo|deja|da|igual|todavía|aún)$/,
};

/** Words of thanks, and those with which a message wants or lacks something all the same, or means the opposite. */
const thanks: Record<SpokenLanguage, { said: RegExp; open: RegExp }> = {
  en: {
    said: /\b(thanks|thank you|thx|cheers|much appreciated)\b/,
    open: /n't\b|\b(not|nothing|never|useless|joke|but|still|yet|except|although|need|want|please|can|could|would|how|what|when|where|which|who|why|advance)\b/,
  },
  es: {
    said: /(?<!\p{L})(gracias|te lo agradezco|se lo agradezco)(?!\p{L})/u,
    open: /(?<!\p{L})(no|nada|nunca|inútil|pero|todavía|aún|sigue|sigo|falta|necesito|quiero|quería|por favor|puedes?|podéis|podría|cómo|qué|cuándo|cuánto|dónde|cuál|quién|antemano)(?!\p{L})/u,
  },
};

/** Lower case, straight apostrophes, without the marks around a sentence. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[¿¡!?.…"«»]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** True when a message asks for a person in so many words. */
export function wishesPerson(message: string, language: string): boolean {
  const text = plain(message);
  const own = spoken(language);
  return !asksAbout[own].test(text) && wishes[own].some((each) => each.test(text));
}

/** True when a message says yes and nothing else. */
export function saysYes(message: string, language: string): boolean {
  const own = yes[spoken(language)];
  const words = wordsIn(message);
  return (
    words.some((word) => own.affirms.test(word)) &&
    words.every((word) => own.affirms.test(word) || own.with.test(word))
  );
}

/** True when a message says no and nothing else. */
export function saysNo(message: string, language: string): boolean {
  const words = wordsIn(message);
  const [first = ''] = words;
  return (
    /^(no|nope|nah|never|leave|don't|déjalo|deja)$/.test(first) &&
    words.every((word) => no[spoken(language)].test(word))
  );
}

/** True when a message says thanks and asks for nothing more, however long it tells of what went well. */
export function onlyThanks(message: string, language: string): boolean {
  const own = thanks[spoken(language)];
  const text = plain(message);
  return own.said.test(text) && !own.open.test(text) && !message.includes('?');
}
