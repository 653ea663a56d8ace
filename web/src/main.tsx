import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import "./app/base.css";
import { restoreUploads } from "./features/upload/restore";
import { startI18n } from "./i18n";
import { newQueryClient } from "./lib/queryClient";
import { applyTheme } from "./lib/theme";

const client = newQueryClient();
const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root.");

applyTheme();
void restoreUploads();
await startI18n();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
