import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { speak } from "./texts/texts";
import "./style.css";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
void speak().then((spoken) => createRoot(root).render(<StrictMode><App spoken={spoken} /></StrictMode>));
