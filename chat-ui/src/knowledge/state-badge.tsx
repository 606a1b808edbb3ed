import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { Source } from '#contracts';
import { Badge, type Tone } from '../ui/badge.tsx';

const states: Record<Source['state'], { word: string; tone: Tone; icon: typeof CircleCheck }> = {
  ready: { word: 'Ready', tone: 'good', icon: CircleCheck },
  reading: { word: 'Reading', tone: 'accent', icon: LoaderCircle },
  failed: { word: 'Failed', tone: 'bad', icon: CircleAlert },
};

export function StateBadge({ state }: { state: Source['state'] }) {
  const { word, tone, icon: Icon } = states[state];
  return (
    <Badge tone={tone}>
      <Icon className={state === 'reading' ? 'animate-spin' : undefined} aria-hidden="true" />
      {word}
    </Badge>
  );
}
