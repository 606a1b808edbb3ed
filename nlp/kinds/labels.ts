import type { ModelConfig } from '#inference';

/** The labels of a head in the order of its logits. */
export function labelsOf({ id2label }: ModelConfig): string[] {
  const labels = Object.entries(id2label ?? {});
  return labels.sort(([a], [b]) => Number(a) - Number(b)).map(([, label]) => label);
}
