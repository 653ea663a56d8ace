import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";

import { LANGUAGES, choose, type Language } from "@/i18n";
import { chooseTheme, useTheme, type Theme } from "@/lib/theme";
import { Button } from "@/ui/Button";

import styles from "./App.module.css";
import { Mark } from "./Mark";

const PLACES = [
  { to: "/", label: "app.sheets", inside: "/sheets" },
  { to: "/screenings", label: "app.screenings", inside: "/screenings" },
  { to: "/extractions", label: "app.extractions", inside: "/extractions" },
  { to: "/operators", label: "app.operators", inside: "/operators" },
] as const;

export function Header() {
  const { t } = useTranslation();
  const [location] = useLocation();
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand} aria-label="Sluice">
        <Mark className={styles.mark} />
        <span>Sluice</span>
      </Link>
      <nav className={styles.nav} aria-label={t("app.navigation")}>
        {PLACES.map(({ to, label, inside }) => {
          const here = location === to || location.startsWith(inside);
          return (
            <Link key={to} href={to} aria-current={here ? "page" : undefined}>
              {t(label)}
            </Link>
          );
        })}
      </nav>
      <div className={styles.choices}>
        <ThemeChoice />
        <LanguageChoice />
      </div>
    </header>
  );
}

function ThemeChoice() {
  const { t } = useTranslation();
  const theme = useTheme();
  const next: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };
  return (
    <Button kind="plain" onClick={() => chooseTheme(next[theme])} title={t("app.themeTitle")}>
      {t(`app.theme.${theme}`)}
    </Button>
  );
}

function LanguageChoice() {
  const { i18n } = useTranslation();
  const other: Language = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <Button kind="plain" lang={other} onClick={() => void choose(other)}>
      {LANGUAGES[other]}
    </Button>
  );
}
