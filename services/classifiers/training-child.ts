import { encodeHead, trainHead } from '#nlp';
import type { TrainingJob, TrainingReply } from './trainer.ts';

/** The process in which one head is trained. It has no database, no settings and no secret, and ends with its job. */

process.on('disconnect', () => process.exit());
process.once('message', (job: TrainingJob) => {
  process.send?.(train(job), undefined, undefined, () => process.exit());
});
process.send?.('ready');

function train({ texts, labels, vectors, id }: TrainingJob): TrainingReply {
  const dimensions = vectors.length / texts.length;
  const { head, report } = trainHead(
    texts.map((text, at) => ({
      text,
      label: labels[at] ?? null,
      vector: vectors.subarray(at * dimensions, (at + 1) * dimensions),
    })),
  );
  return { bytes: encodeHead(head, id), report, threshold: head.threshold };
}
