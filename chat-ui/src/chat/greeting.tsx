import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight } from 'lucide-react';
import { client } from '../api/client.ts';
import { mayUse } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { Logo } from '../ui/logo.tsx';
import { startersOf } from './starters.ts';

const greetings: Record<string, { title: string; text: string; tryOne: string }> = {
  en: {
    title: 'How can we help?',
    text: 'Ask in your own words. Answers come from our articles and say from which; a person is one click away.',
    tryOne: 'Often asked',
  },
  es: {
    title: '¿En qué podemos ayudarle?',
    text: 'Pregunte con sus palabras. Las respuestas salen de nuestros artículos y dicen de cuál; una persona está a un clic.',
    tryOne: 'Preguntas frecuentes',
  },
};

/** The beginning of a conversation: what to expect, and questions others ask. */
export function Greeting({ language, onAsk }: { language: string; onAsk: (question: string) => void }) {
  const { title, text, tryOne } = greetings[language] ?? (greetings.en as (typeof greetings)[string]);
  const session = useSession();
  const { data: intents } = useQuery({
    queryKey: ['chat', 'starters'],
    queryFn: () => client().knowledge.intents.list(),
    // A stranger may not read the knowledge base; they begin with an empty page.
    enabled: session !== undefined && session.kind !== 'none' && mayUse(session, 'agent'),
    staleTime: 300_000,
  });
  const starters = startersOf(intents ?? [], language);
  return (
    <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col justify-center px-4 py-10 sm:px-6">
      <Logo className="size-11" />
      <h2 lang={language} className="mt-5 font-semibold text-2xl tracking-tight sm:text-3xl">
        {title}
      </h2>
      <p lang={language} className="mt-2 max-w-xl text-base text-muted">
        {text}
      </p>
      {starters.length > 0 && (
        <section aria-label={tryOne} className="mt-8">
          <h3 className="mb-2.5 font-medium text-faint text-xs">{tryOne}</h3>
          <ul className="grid grid-cols-1 gap-2.5 sm:grid-cols-2">
            {starters.map((question) => (
              <li key={question} className="min-w-0">
                <button
                  type="button"
                  lang={language}
                  onClick={() => onAsk(question)}
                  className="group flex min-h-13 w-full items-center justify-between gap-3 rounded-xl border border-line bg-surface px-4 py-3 text-left shadow-card transition-colors hover:border-accent"
                >
                  <span className="min-w-0 break-words">{question}</span>
                  <ArrowUpRight
                    className="size-4 shrink-0 text-faint group-hover:text-accent"
                    aria-hidden="true"
                  />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
