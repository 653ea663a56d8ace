import { useId, type ComponentProps, type ReactNode } from "react";

import styles from "./Field.module.css";

interface Labelled {
  label: string;
  hint?: string | undefined;
}

export function TextField({ label, hint, ...rest }: Labelled & ComponentProps<"input">) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <input
        id={id}
        className={styles.control}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
      />
    </Field>
  );
}

export function AreaField({ label, hint, ...rest }: Labelled & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <textarea
        id={id}
        className={`${styles.control} ${styles.prose}`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
      />
    </Field>
  );
}

interface Choice {
  value: string;
  label: string;
}

interface SelectProps extends Labelled, Omit<ComponentProps<"select">, "children"> {
  choices: readonly Choice[];
}

export function SelectField({ label, hint, choices, ...rest }: SelectProps) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <select id={id} className={styles.control} {...rest}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CheckField({ label, hint, ...rest }: Labelled & ComponentProps<"input">) {
  return (
    <label className={styles.check}>
      <input type="checkbox" {...rest} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}

/** One of several of the same `name`. */
export function RadioField({ label, hint, ...rest }: Labelled & ComponentProps<"input">) {
  return (
    <label className={styles.check}>
      <input type="radio" {...rest} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}

interface FieldProps extends Labelled {
  id: string;
  children: ReactNode;
}

function Field({ id, label, hint, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}
