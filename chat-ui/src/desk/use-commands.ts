import { useMutation } from '@tanstack/react-query';
import { toast } from 'sonner';
import { asParlanceError, type DeskResult, type TransferRequest } from '#contracts';
import { client } from '../api/client.ts';
import { showResult } from './live.ts';

type Command =
  | { kind: 'take'; from?: string; reason?: string }
  | { kind: 'release' | 'close' | 'reopen' }
  | ({ kind: 'transfer' } & Partial<TransferRequest>);

function carryOut(id: string, command: Command): Promise<DeskResult> {
  const { desk } = client();
  switch (command.kind) {
    case 'take':
      return desk.take(id, { from: command.from ?? null, reason: command.reason ?? null });
    case 'transfer':
      return desk.transfer(id, { userId: command.userId ?? null, teamId: command.teamId ?? null });
    default:
      return desk[command.kind](id);
  }
}

/** What an agent does with a conversation. A refusal says why in the page; what the server warns of is shown as well. */
export function useCommands(id: string, onDone: () => void) {
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (command: Command) => carryOut(id, command),
    onSuccess: (result) => {
      showResult(result);
      if (result.warning) toast.warning(result.warning);
      onDone();
    },
    onError: (error) => toast.error(asParlanceError(error).message),
  });
  /** True when it was done. */
  const run = (command: Command) =>
    mutateAsync(command).then(
      () => true,
      () => false,
    );
  return { run, busy: isPending };
}
