import type { LabSettings } from '../trainer/settings.ts';
import { PRESET_NAMES, PRESETS, presetOf, queryOf } from './presets.ts';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['presets'];
  settings: LabSettings;
  onChoose: (settings: LabSettings) => void;
}

/** Places to begin: links, so that each can be opened beside this page or sent on. */
export function PresetBar({ words, settings, onChoose }: Props) {
  const chosen = presetOf(settings);
  return (
    <nav class="presets" aria-label={words.label}>
      <ul>
        {PRESET_NAMES.map((name) => (
          <li key={name}>
            <a
              class="chip"
              href={queryOf(PRESETS[name])}
              aria-current={name === chosen ? 'true' : undefined}
              onClick={(event) => {
                // With a key held it is the browser's: a tab of its own.
                if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
                event.preventDefault();
                onChoose(PRESETS[name]);
              }}
            >
              {words.names[name]}
            </a>
          </li>
        ))}
      </ul>
      <p class="note">{chosen ? words.about[chosen] : words.own}</p>
    </nav>
  );
}
