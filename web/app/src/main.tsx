// First, so that the order of the cascade layers stands before any of them is used.
import './ui/tokens.css';
import './ui/base.css';
import './ui/grounds.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { Boundary } from './app/Boundary.tsx';
import { appearance, applyLanguage, registerWorker } from './platform/index.ts';

appearance.applyAppearance();
await applyLanguage();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Boundary>
        <App />
      </Boundary>
    </StrictMode>,
  );
}

registerWorker();
