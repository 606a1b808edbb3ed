import fc from 'fast-check';

/** Texts of few words, so that many are alike; some in capitals, with punctuation, on several lines or empty. */
export const text = fc
  .array(fc.constantFrom('a', 'b', 'B', 'cat', 'Cat', 'sat.', '1,000', 'ü', '日本', '🎉', '\n', ''), {
    maxLength: 12,
  })
  .map((words) => words.join(' '));

/** One to three references each. */
export const textRow = fc.record({
  output: text,
  references: fc.array(text, { minLength: 1, maxLength: 3 }),
});
