import { type SpokenLanguage, spoken } from './words.ts';

/** Everything the bot says in its own words. What it says about the company's business it quotes. */
export interface Replies {
  /** Nothing was found. */
  refused: string;
  /** Nothing was found or understood twice in a row. */
  refusedAgain: string;
  /** Before the choices. */
  clarify: string;
  /** A person is offered for what only people decide. */
  handoffOffered: string;
  /** A person was asked for and takes over. */
  handoffRequested: string;
  /** The offer of a person was declined. */
  handoffDeclined: string;
  /** An answer was thanked for. */
  thanked: string;
}

const byLanguage: Record<SpokenLanguage, Replies> = {
  en: {
    refused:
      'I found nothing about that in our help articles. You can ask in other words, or I can get a person to help you. Shall I?',
    refusedAgain:
      'I still have no answer that I could give you a source for. A person can help you here. Shall I get one?',
    clarify: 'I am not sure which of these you mean:',
    handoffOffered: 'This is something for a person. Shall I get one for you?',
    handoffRequested: 'I have called a person. They will answer you here and can see what you have written.',
    handoffDeclined: 'All right. Ask me anything else, or write “person” when you want one.',
    thanked: 'You are welcome. Is there anything else?',
  },
  es: {
    refused:
      'No he encontrado nada sobre eso en nuestros artículos de ayuda. Puedes preguntarlo con otras palabras, o puedo avisar a una persona. ¿La aviso?',
    refusedAgain:
      'Sigo sin tener una respuesta con fuente para ti. Una persona puede ayudarte aquí. ¿La aviso?',
    clarify: 'No sé cuál de estas cosas quieres decir:',
    handoffOffered: 'Esto es mejor que lo vea una persona. ¿La aviso?',
    handoffRequested: 'He avisado a una persona. Te contestará aquí y puede ver lo que has escrito.',
    handoffDeclined:
      'De acuerdo. Pregúntame otra cosa, o escribe «persona» cuando quieras hablar con alguien.',
    thanked: 'De nada. ¿Necesitas algo más?',
  },
};

/** What is said otherwise where nobody can be fetched. */
const alone: Record<
  SpokenLanguage,
  Pick<Replies, 'refused' | 'refusedAgain' | 'handoffOffered' | 'handoffRequested'>
> = {
  en: {
    refused: 'I found nothing about that in our help articles. You can ask in other words.',
    refusedAgain: 'I still have no answer that I could give you a source for. This needs a person.',
    handoffOffered: 'This is something for a person, and I cannot get one from here.',
    handoffRequested: 'You asked for a person. I cannot get one from here.',
  },
  es: {
    refused:
      'No he encontrado nada sobre eso en nuestros artículos de ayuda. Puedes preguntarlo con otras palabras.',
    refusedAgain: 'Sigo sin tener una respuesta con fuente para ti. Esto es cosa de una persona.',
    handoffOffered: 'Esto es mejor que lo vea una persona, y desde aquí no puedo avisarla.',
    handoffRequested: 'Has pedido una persona. Desde aquí no puedo avisarla.',
  },
};

/** In the customer's language where there are any, else in English; `unattended` where no person can be fetched. */
export function repliesIn(language: string, unattended = false): Replies {
  const replies = byLanguage[spoken(language)];
  return unattended ? { ...replies, ...alone[spoken(language)] } : replies;
}

/** Why a person was offered, as agents read it. */
export const handoffReasons = {
  asked: 'The customer asked for a person.',
  accepted: 'The customer accepted the offer of a person.',
  intent: (description: string) => `Something for a person: ${description}`,
  refused: 'No article answers the question.',
  failedTwice: 'Two turns in a row did not help.',
  mood: 'The mood fell sharply.',
} as const;
