// Starts the web client.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/base.css';
import { App } from './view/App';
import { applyTheme, rememberedTheme } from './view/remembered';

// Before anything is drawn, so that a dark page never flashes light.
applyTheme(rememberedTheme());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
