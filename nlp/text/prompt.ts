import { Template } from '@huggingface/jinja';

/** One message of a conversation. */
export interface PromptMessage {
  role: 'system' | 'user' | 'assistant';
  text: string;
}

/** Why a conversation cannot be written down: the template refuses it, or cannot be carried out. */
export class UnusablePrompt extends Error {
  /** True when it is the conversation that the template was made to refuse. */
  readonly refused: boolean;

  constructor(message: string, refused: boolean) {
    super(message);
    this.refused = refused;
  }
}

/** Stands inside what looks like a control token in a message. No text has it (Unicode: it is not a character). */
const broken = '\uFDD0';

/**
 * A conversation as its model reads it, by the chat template, up to where the model goes on. In parts: what looks like one of the control
 * tokens in a message is divided between two, so that nobody can end their message, or begin another's, by writing the token. Tokens of the
 * parts, one after the other, are those of the whole.
 * @param template in Jinja, as transformers has it
 * @param tokens variables of the template
 * @param controls the control tokens
 */
export function promptOf(
  messages: readonly PromptMessage[],
  { source, tokens }: { source: string; tokens: Record<string, string> },
  controls: readonly string[],
): string[] {
  const safe = messages.map(({ role, text }) => ({
    role,
    content: divided(text.replaceAll(broken, ''), controls),
  }));
  const write = (some: object[]): string =>
    new Template(source).render({ ...tokens, messages: some, add_generation_prompt: true });
  try {
    return write(safe).split(broken);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusablePrompt(
      reason,
      works(() => write([{ role: 'user', content: 'Hello' }])),
    );
  }
}

/** A template that writes down the simplest conversation is sound: what it throws for another is said of that. */
function works(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function divided(text: string, controls: readonly string[]): string {
  for (const name of controls) {
    if (name.length < 2) continue;
    // Again, where one that overlaps itself was there twice.
    while (text.includes(name)) text = text.replaceAll(name, name[0] + broken + name.slice(1));
  }
  return text;
}
