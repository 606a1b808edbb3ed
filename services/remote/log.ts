import type { Logger } from 'pino';
import type { RemoteObserver } from '#inference';

/**
 * The observer, and a line in the log for each failure of a server: what callers are not told, such as its own words. An outage does
 * not flood the log: what is refused while the server is left alone has no cause.
 */
export function loggingRemote(observer: RemoteObserver, log: Pick<Logger, 'warn'>): RemoteObserver {
  return {
    ...observer,
    failed(model, error, inputs) {
      observer.failed(model, error, inputs);
      const { code, message, cause } = error;
      if (cause === undefined) return;
      const because = cause instanceof Error ? String(cause.cause ?? cause) : String(cause);
      log.warn({ model, code, inputs, because }, message);
    },
  };
}
