import { toast } from 'sonner';
import { createStore, recall, remember } from '../ui/store.ts';
import type { Notice } from './notice.ts';

const keys = { browser: 'parlance.desk-notify', sound: 'parlance.desk-sound' };

/** What the agent wants to be told by; sound only for those who ask for it. */
export const browserNotices = createStore(recall('localStorage', keys.browser) === 'on');
export const sounds = createStore(recall('localStorage', keys.sound) === 'on');
browserNotices.subscribe(() => remember('localStorage', keys.browser, browserNotices.get() ? 'on' : null));
sounds.subscribe(() => remember('localStorage', keys.sound, sounds.get() ? 'on' : null));

export const canNotify = (): boolean => 'Notification' in window;

/** Asks the browser when it has not been asked; says why when it refuses. */
export async function allowBrowserNotices(wanted: boolean): Promise<void> {
  if (!wanted) return browserNotices.set(false);
  const permission = await Notification.requestPermission();
  browserNotices.set(permission === 'granted');
  if (permission !== 'granted') {
    toast.error('The browser does not allow notifications for this page. Its site settings can change that.');
  }
}

/** Tells it in the page, and by the browser and by ear when those are wanted and the page is out of sight. */
export function tell({ title, text, conversation }: Notice, open: (conversation: string) => void): void {
  const description = text.length > 140 ? `${text.slice(0, 140)}…` : text;
  toast(title, {
    id: conversation,
    description,
    action: { label: 'Open', onClick: () => open(conversation) },
  });
  if (sounds.get()) chime();
  if (!document.hidden || !browserNotices.get() || !canNotify() || Notification.permission !== 'granted')
    return;
  const notification = new Notification(title, { body: description, tag: conversation });
  notification.onclick = () => {
    window.focus();
    open(conversation);
    notification.close();
  };
}

let audio: AudioContext | undefined;

/** Two soft notes, made here: no file to load. */
export function chime(): void {
  audio ??= new AudioContext();
  for (const [frequency, start] of [
    [660, 0],
    [880, 0.12],
  ] as const) {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    const at = audio.currentTime + start;
    note.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
    note.connect(volume).connect(audio.destination);
    note.start(at);
    note.stop(at + 0.32);
  }
}
