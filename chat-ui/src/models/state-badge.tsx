import { CircleCheck, CircleDashed, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ModelState } from '#contracts';
import { Badge, type Tone } from '../ui/badge.tsx';

const states = {
  ready: { tone: 'good', icon: CircleCheck, word: 'Ready', meaning: 'Loaded; answers at once.' },
  available: {
    tone: 'plain',
    icon: CircleDashed,
    word: 'Available',
    meaning: 'There and whole; the first request loads it.',
  },
  loading: { tone: 'accent', icon: LoaderCircle, word: 'Loading', meaning: 'Being loaded and warmed up.' },
  damaged: {
    tone: 'bad',
    icon: TriangleAlert,
    word: 'Damaged',
    meaning: 'A file does not have the size or checksum of the catalogue.',
  },
  failed: { tone: 'bad', icon: CircleX, word: 'Failed', meaning: 'It could not be loaded.' },
} as const satisfies Record<ModelState, { tone: Tone; icon: unknown; word: string; meaning: string }>;

export function StateBadge({ state }: { state: ModelState }) {
  const { tone, icon: Icon, word } = states[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" /> {word}
    </Badge>
  );
}

export const stateMeaning = (state: ModelState): string => states[state].meaning;
