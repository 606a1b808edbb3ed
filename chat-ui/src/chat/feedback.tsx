import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { asParlanceError, type Feedback as FeedbackData, type Message } from '#contracts';
import { asCustomer } from '../api/customer.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { inputClass } from '../ui/field.tsx';
import type { Thread } from './thread.ts';
import { threadKey } from './use-thread.ts';

/** Whether an answer helped; who says no is asked why, and need not say. */
export function Feedback({ message, className }: { message: Message; className: string }) {
  const cache = useQueryClient();
  const key = threadKey(message.conversationId);
  const [asking, setAsking] = useState(false);
  const show = (feedback: FeedbackData | null) =>
    cache.setQueryData<Thread>(
      key,
      (thread) =>
        thread && {
          ...thread,
          messages: thread.messages.map((each) => (each.id === message.id ? { ...each, feedback } : each)),
        },
    );
  const { mutate } = useMutation({
    mutationFn: (feedback: FeedbackData) =>
      asCustomer(({ conversations }) => conversations.rate(message.conversationId, message.id, feedback)),
    onMutate: (feedback) => {
      const before = message.feedback;
      show(feedback);
      return before;
    },
    onError: (error, _, before) => {
      show(before ?? null);
      toast.error(asParlanceError(error).message);
    },
  });
  const vote = message.feedback?.vote;
  const explain = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason')).trim();
    if (reason) mutate({ vote: 'down', reason });
    setAsking(false);
  };
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label="This helped"
        aria-pressed={vote === 'up'}
        onClick={() => mutate({ vote: 'up', reason: null })}
        className={cx(className, vote === 'up' && 'bg-positive-soft text-positive')}
      >
        <ThumbsUp aria-hidden="true" />
      </Button>
      <Popover.Root open={asking} onOpenChange={setAsking}>
        <Popover.Trigger asChild>
          <Button
            variant="ghost"
            size="icon"
            aria-label="This did not help"
            aria-pressed={vote === 'down'}
            onClick={() => vote !== 'down' && mutate({ vote: 'down', reason: null })}
            className={cx(className, vote === 'down' && 'bg-negative-soft text-negative')}
          >
            <ThumbsDown aria-hidden="true" />
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={6}
            collisionPadding={12}
            aria-label="Why it did not help"
            className="appear z-50 w-80 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-raised p-4 shadow-float"
          >
            <form onSubmit={explain} className="space-y-3">
              <label className="block space-y-1.5">
                <span className="block font-medium">What was missing or wrong?</span>
                <textarea
                  name="reason"
                  rows={3}
                  maxLength={1000}
                  defaultValue={message.feedback?.reason ?? ''}
                  className={cx(inputClass, 'resize-none py-2')}
                />
              </label>
              <div className="flex justify-end gap-2">
                <Button size="small" variant="ghost" onClick={() => setAsking(false)} className="max-sm:h-11">
                  Skip
                </Button>
                <Button size="small" variant="primary" type="submit" className="max-sm:h-11">
                  Send
                </Button>
              </div>
            </form>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}
