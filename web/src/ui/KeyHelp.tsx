import { Popover } from "@base-ui/react/popover";
import { useTranslation } from "react-i18next";

import { switchKeys, useKeysOn } from "@/lib/useKeys";

import buttons from "./Button.module.css";
import { CheckField } from "./Field";
import styles from "./KeyHelp.module.css";

/** What single keys do here, and a way to switch them off. */
export function KeyHelp({ keys }: { keys: readonly (readonly [string, string])[] }) {
  const { t } = useTranslation();
  const on = useKeysOn();
  return (
    <Popover.Root>
      <Popover.Trigger className={`${buttons.button} ${buttons.plain}`}>
        {t("keys.open")}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className={styles.place}>
          <Popover.Popup className={styles.popup}>
            <Popover.Title className="visually-hidden">{t("keys.open")}</Popover.Title>
            <dl className={styles.keys}>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
            <CheckField
              label={t("keys.on")}
              checked={on}
              onChange={(event) => switchKeys(event.target.checked)}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
