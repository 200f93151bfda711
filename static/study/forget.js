// Nobody is signed in on this page: the cards kept on this device for studying offline go.
// What waits to be saved stays until its owner signs in again.

import { forgetOthers } from "./store.js";
import { forgetPages } from "./offline.js";

forgetOthers();
forgetPages();
