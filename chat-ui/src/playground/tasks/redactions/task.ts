import { EyeOff } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { RedactionMany } from './many.tsx';
import { RedactionOne } from './one.tsx';

export const redactions: PlaygroundTask<'redactions'> = {
  name: 'redactions',
  title: 'Redaction',
  icon: EyeOff,
  purpose: 'A text without its names, numbers and addresses, and the way back if you want one.',
  placeholder: 'Paste a message that nobody else should read whole…',
  starter:
    'This is Anna Freeman. Please refund order 00123842 to my card 4111 1111 1111 1111 and write to anna.freeman@example.com by 12 March 2027.',
  usually: { name: 'Patterns and name recogniser', models: ['entities'] },
  options: [
    {
      key: 'style',
      label: 'Style',
      hint: 'What stands in the place of a value',
      kind: 'choice',
      initially: 'label',
      choices: [
        { value: 'label', label: 'Label' },
        { value: 'mask', label: 'Mask' },
        { value: 'map', label: 'Map' },
      ],
    },
    {
      key: 'kinds',
      label: 'Kinds',
      hint: 'Only these, such as card, email, person; all when empty',
      kind: 'words',
      initially: '',
      list: true,
    },
  ],
  manyInitially: false,
  One: RedactionOne,
  Many: RedactionMany,
};
