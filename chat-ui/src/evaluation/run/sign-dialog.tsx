import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { EvaluationRun, RunSummary, SignVerdictRequest } from '#contracts';
import { client } from '../../api/client.ts';
import { fieldErrorsOf } from '../../api/field-errors.ts';
import { useSession } from '../../api/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { Choices } from '../choices.tsx';
import { gatesNotHeld, unsignable } from './signing.ts';

/** More of what failed stands on the page behind. */
const shownGates = 3;

interface SignDialogProps {
  run: EvaluationRun;
  summary: RunSummary;
  onClose: () => void;
}

/** Somebody's word on a run, for good. */
export function SignDialog({ run, summary, onClose }: SignDialogProps) {
  const refused = unsignable(summary);
  return (
    <Dialog open onOpenChange={onClose} title="Sign a verdict">
      {refused ? (
        <div className="space-y-5">
          <p>{refused}</p>
          <div className="flex justify-end">
            <Button onClick={onClose}>Close</Button>
          </div>
        </div>
      ) : (
        <SignForm run={run} summary={summary} onClose={onClose} />
      )}
    </Dialog>
  );
}

function SignForm({ run, summary, onClose }: SignDialogProps) {
  const cache = useQueryClient();
  const name = useSession()?.user?.name ?? 'the key that is signed in';
  const [decision, setDecision] = useState<SignVerdictRequest['decision']>();
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const sign = useMutation({
    mutationFn: (request: SignVerdictRequest) => client().evaluations.runs.sign(run.id, request),
    onSuccess: () => {
      toast.success(decision === 'accepted' ? 'Accepted and signed' : 'Rejected and signed');
      void cache.invalidateQueries({ queryKey: ['evaluation'] });
      onClose();
    },
  });
  const failed = gatesNotHeld(run);
  const wrong = { ...fieldErrorsOf(sign.error), ...missing };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const reason = String(data.get('reason')).trim();
    const despite = data.get('despite') !== null;
    const absent = {
      ...(!decision && { '/decision': 'Say whether you accept it.' }),
      ...(!reason && { '/reason': 'Say why: whoever reads this later was not there.' }),
      ...(decision === 'accepted' &&
        failed.length > 0 &&
        !despite && { '/despite': 'It failed its gates. Tick this to accept it all the same.' }),
    };
    setMissing(absent);
    if (decision && Object.keys(absent).length === 0) sign.mutate({ decision, reason, despite });
  };
  return (
    <form onSubmit={submit} className="space-y-5" noValidate>
      <Choices
        legend="Verdict"
        name="decision"
        value={decision}
        options={[
          { value: 'accepted', label: 'Accept', hint: 'Later runs of the suite are compared with this one' },
          { value: 'rejected', label: 'Reject', hint: 'It stays on record and nothing is compared with it' },
        ]}
        onChange={setDecision}
        error={wrong['/decision']}
      />
      {decision === 'accepted' && failed.length > 0 && (
        <div className="rounded-lg bg-warning-soft px-3 py-2.5">
          <ul className="mb-2 list-disc space-y-0.5 pl-5 text-warning">
            {failed.slice(0, shownGates).map((words) => (
              <li key={words}>{words}</li>
            ))}
            {failed.length > shownGates && <li>And {failed.length - shownGates} more.</li>}
          </ul>
          <label className="flex cursor-pointer items-start gap-2.5 font-medium">
            <input
              type="checkbox"
              name="despite"
              aria-describedby={wrong['/despite'] ? 'despite-error' : undefined}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            Accept it although it failed
          </label>
          {wrong['/despite'] && (
            <p id="despite-error" role="alert" className="mt-1 text-negative text-xs">
              {wrong['/despite']}
            </p>
          )}
        </div>
      )}
      <Field label="Reason" error={wrong['/reason']} hint="Kept with the verdict for good">
        {(ids) => <Textarea {...ids} name="reason" maxLength={2000} rows={3} />}
      </Field>
      <p className="wrap-anywhere rounded-lg border border-line bg-sunken px-3 py-2.5 text-muted">
        You sign as <span className="font-medium text-ink">{name}</span> the run of {run.suite.title} (
        {run.suite.suite} {run.suite.version}) on {run.target.name}: its figures, gates and environment, by
        their SHA-256 <code className="break-all font-mono text-xs">{summary.sha256}</code>. It cannot be
        taken back. A later verdict can say otherwise, and both are kept.
      </p>
      {wrong[''] && (
        <p role="alert" className="rounded-lg bg-negative-soft px-3 py-2 text-negative">
          {wrong['']}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={sign.isPending}>
          {sign.isPending ? 'Signing…' : 'Sign'}
        </Button>
      </div>
    </form>
  );
}
