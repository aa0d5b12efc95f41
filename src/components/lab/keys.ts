import { useEffect } from 'preact/hooks';
import { isTyping } from '../page/isTyping.ts';

/** The keys that the lab listens to; what each does stands in words.ts. */
export const KEYS = ['T', 'P', 'S', 'G', 'Shift+R', 'W', 'O', 'E', 'L', '?'] as const;

export type Key = (typeof KEYS)[number];

/** What of a key press names the key. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

/**
 * The letter that the key bears; where the layout has no Latin letters (Cyrillic, Greek, Arabic, …), the letter that stands in
 * its place on the keyboards that the list above was written for.
 */
export function nameOf({ key, code, shiftKey }: Press): string {
  if (key === '?') return '?';
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  const foreign = key.length === 1 && key > '\u007f';
  return (shiftKey ? 'Shift+' : '') + (foreign && place ? place : key.toUpperCase());
}

/** Calls `act` for the lab's keys while `on`. */
export function useKeys(on: boolean, act: (key: Key) => void): void {
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        event.repeat ||
        event.isComposing ||
        isTyping(event.target)
      )
        return;
      const found = KEYS.find((key) => key === nameOf(event));
      if (!found) return;
      event.preventDefault();
      act(found);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  });
}
