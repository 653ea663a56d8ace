import type { ComponentProps } from "react";

import styles from "./Button.module.css";

interface Props extends ComponentProps<"button"> {
  /** `main` is the one thing to do here, `plain` has no edge. */
  kind?: "main" | "edged" | "plain" | "danger";
}

export function Button({ kind = "edged", className = "", ...rest }: Props) {
  return (
    <button type="button" className={`${styles.button} ${styles[kind]} ${className}`} {...rest} />
  );
}
