// Every page works without these; each adds one thing.
import { follow } from "./live.js";
import { readAloud } from "./aloud.js";
import { helpForms } from "./form.js";
import { usePasskeys } from "./passkey.js";
import { leaveQuickly } from "./leave.js";
import { keepOffline } from "./offline.js";
import { findWhileTyping } from "./find.js";

follow(document);
readAloud(document);
helpForms(document);
usePasskeys(document);
leaveQuickly(document);
keepOffline(document);
findWhileTyping(document);
