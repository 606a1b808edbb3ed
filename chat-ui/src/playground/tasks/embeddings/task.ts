import { Waypoints } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { EmbeddingsMany } from './many.tsx';
import { EmbeddingsOne } from './one.tsx';

export const embeddings: PlaygroundTask<'embeddings'> = {
  name: 'embeddings',
  title: 'Embeddings',
  icon: Waypoints,
  purpose: 'Texts as vectors whose angles say how alike they are in meaning.',
  placeholder: 'One text per line, to compare them with each other…',
  starter: [
    'Where is my parcel?',
    'The delivery has not arrived yet',
    'How do I reset my password?',
    'I cannot log in to my account',
    'Your support team is wonderful',
  ].join('\n'),
  options: [],
  manyInitially: true,
  One: EmbeddingsOne,
  Many: EmbeddingsMany,
};
