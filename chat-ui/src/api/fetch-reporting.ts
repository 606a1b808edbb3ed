/**
 * `fetch` over XMLHttpRequest, which alone tells how much of a body has left. `onSent` is given its share, 0…1. Takes an
 * address and what our client sends: a method, headers, a body and a signal.
 */
export const fetchReporting =
  (onSent: (share: number) => void): typeof fetch =>
  (address, init = {}) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const fail = () => reject(new TypeError('The request failed.'));
      const stop = () => {
        request.abort();
        reject(new DOMException('The request was cancelled.', 'AbortError'));
      };
      const { signal } = init;
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      request.open(init.method ?? 'GET', String(address));
      request.responseType = 'blob';
      new Headers(init.headers).forEach((value, name) => {
        request.setRequestHeader(name, value);
      });
      request.upload.onprogress = ({ loaded, total }) => total > 0 && onSent(loaded / total);
      request.onerror = fail;
      request.ontimeout = fail;
      request.onload = () => {
        const headers = new Headers();
        for (const line of request.getAllResponseHeaders().trim().split('\r\n')) {
          const colon = line.indexOf(':');
          if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
        }
        const empty = [204, 205, 304].includes(request.status);
        resolve(new Response(empty ? null : request.response, { status: request.status, headers }));
      };
      request.onloadend = () => signal?.removeEventListener('abort', stop);
      request.send(init.body as XMLHttpRequestBodyInit | null | undefined);
    });
