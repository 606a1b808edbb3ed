import { z } from 'zod';

const squad = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(
        z.object({ context: z.string(), qas: z.array(z.object({ question: z.string() })) }),
      ),
    }),
  ),
});

/** Paragraphs and questions each of which one paragraph answers. */
export interface Paragraphs {
  texts: string[];
  questions: { text: string; paragraph: number }[];
}

/** Reads the text of a file in the shape of SQuAD 1.1. Titles are left out: a paragraph has to be found by itself. */
export function readParagraphs(json: string): Paragraphs {
  const texts: string[] = [];
  const questions: Paragraphs['questions'] = [];
  for (const { paragraphs } of squad.parse(JSON.parse(json)).data) {
    for (const { context, qas } of paragraphs) {
      for (const { question } of qas) questions.push({ text: question, paragraph: texts.length });
      texts.push(context);
    }
  }
  return { texts, questions };
}
