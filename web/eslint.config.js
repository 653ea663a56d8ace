import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist", "src/lib/schema.d.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  a11y.flatConfigs.strict,
  hooks.configs.flat["recommended-latest"],
  {
    rules: {
      // TanStack's virtualizer and table keep their state outside of React, which the compiler's
      // rule warns of; we do not use the compiler.
      "react-hooks/incompatible-library": "off",
      "no-console": "error",
    },
  },
);
