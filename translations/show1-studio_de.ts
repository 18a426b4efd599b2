<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open clip…</source>
        <translation>Clip ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Export clip…</source>
        <translation>Clip &amp;exportieren …</translation>
    </message>
    <message>
        <source>Save &amp;slice as PNG…</source>
        <translation>&amp;Schnitt als PNG speichern …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo in prompt</source>
        <translation>Im Prompt &amp;rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo in prompt</source>
        <translation>Im Prompt &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>S&amp;lice line</source>
        <translation>S&amp;chnittlinie</translation>
    </message>
    <message>
        <source>Zoom to &amp;fit</source>
        <translation>Ein&amp;passen</translation>
    </message>
    <message>
        <source>Original si&amp;ze</source>
        <translation>Original&amp;größe</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Clip</source>
        <translation>&amp;Clip</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>&amp;Erzeugen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Wiedergabe oder Pause</translation>
    </message>
    <message>
        <source>P&amp;revious frame</source>
        <translation>V&amp;origes Bild</translation>
    </message>
    <message>
        <source>&amp;Next frame</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>&amp;First frame</source>
        <translation>E&amp;rstes Bild</translation>
    </message>
    <message>
        <source>&amp;Last frame</source>
        <translation>&amp;Letztes Bild</translation>
    </message>
    <message>
        <source>&amp;Motion</source>
        <translation>Be&amp;wegung</translation>
    </message>
    <message>
        <source>&amp;Learn a motion…</source>
        <translation>Bewegung &amp;lernen …</translation>
    </message>
    <message>
        <source>&amp;Open a motion file…</source>
        <translation>Bewegungsdatei &amp;öffnen …</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Show-1 Studio</source>
        <translation>Ü&amp;ber Show-1 Studio</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle…</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>There was not enough memory.</source>
        <translation>Der Arbeitsspeicher hat nicht gereicht.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Die Datei konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The graphics device stopped working.</source>
        <translation>Die Grafikeinheit arbeitet nicht mehr.</translation>
    </message>
    <message>
        <source>The engine is busy.</source>
        <translation>Der Rechenkern ist beschäftigt.</translation>
    </message>
    <message>
        <source>The clip could not be made.</source>
        <translation>Der Clip konnte nicht erzeugt werden.</translation>
    </message>
    <message>
        <source>The clip could not be exported.</source>
        <translation>Der Clip konnte nicht exportiert werden.</translation>
    </message>
    <message>
        <source>The file could not be opened.</source>
        <translation>Die Datei konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The motion could not be learned.</source>
        <translation>Die Bewegung konnte nicht gelernt werden.</translation>
    </message>
    <message>
        <source>The engine could not start.</source>
        <translation>Der Rechenkern konnte nicht starten.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Switch to Draft</source>
        <translation>Auf Entwurf umschalten</translation>
    </message>
    <message>
        <source>Choose another place…</source>
        <translation>Anderen Ort wählen …</translation>
    </message>
    <message>
        <source>Open another file…</source>
        <translation>Andere Datei öffnen …</translation>
    </message>
    <message>
        <source>The list of models could not be read or changed.</source>
        <translation>Die Liste der Modelle ließ sich nicht lesen oder ändern.</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>No model was added.</source>
        <translation>Kein Modell wurde hinzugefügt.</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>MP4 video (H.264)</source>
        <translation>MP4-Video (H.264)</translation>
    </message>
    <message>
        <source>WebM video (VP9)</source>
        <translation>WebM-Video (VP9)</translation>
    </message>
    <message>
        <source>Animated GIF</source>
        <translation>Animiertes GIF</translation>
    </message>
    <message>
        <source>PNG frames in a folder</source>
        <translation>PNG-Bilder in einem Ordner</translation>
    </message>
    <message>
        <source>Matroska video (FFV1)</source>
        <translation>Matroska-Video (FFV1)</translation>
    </message>
    <message>
        <source>Keyframes</source>
        <translation>Schlüsselbilder</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>Zwischenbilder</translation>
    </message>
    <message>
        <source>Super-resolution</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>Super-res</source>
        <translation>Vergrößert</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>Übertragung</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Veröffentlichung</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Skript</translation>
    </message>
    <message>
        <source>Fewest steps: to try a sentence.</source>
        <translation>Am wenigsten Schritte: um einen Satz auszuprobieren.</translation>
    </message>
    <message>
        <source>A good clip in reasonable time.</source>
        <translation>Ein guter Clip in vernünftiger Zeit.</translation>
    </message>
    <message>
        <source>The schedule in the Show-1 paper. Slow.</source>
        <translation>Der Ablauf aus der Show-1-Veröffentlichung. Langsam.</translation>
    </message>
    <message>
        <source>The schedule of the published script. Slowest.</source>
        <translation>Der Ablauf des veröffentlichten Skripts. Am langsamsten.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>Fewer steps than the paper, where more hardly change the picture. Still hours.</source>
        <translation>Weniger Schritte als im Artikel, wo mehr das Bild kaum ändern. Trotzdem Stunden.</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU, 1 Thread</translation>
    </message>
    <message>
        <source>CPU, %1 threads</source>
        <translation>CPU, %1 Threads</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Short videos from a sentence.</source>
        <translation>Kurze Videos aus einem Satz.</translation>
    </message>
    <message>
        <source>Colours: light or dark.</source>
        <translation>Farben: light oder dark.</translation>
    </message>
    <message>
        <source>Folder for settings and motions.</source>
        <translation>Ordner für Einstellungen und Bewegungen.</translation>
    </message>
    <message>
        <source>A clip to open.</source>
        <translation>Ein Clip, der geöffnet wird.</translation>
    </message>
</context>
<context>
    <name>s1::ui::DockTitle</name>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
</context>
<context>
    <name>s1::ui::ExportDialog</name>
    <message>
        <source>Keep prompt, seed and settings in the file</source>
        <translation>Prompt, Seed und Einstellungen in der Datei behalten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export clip</source>
        <translation>Clip exportieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Only the finished clip can carry them.</source>
        <translation>Nur der fertige Clip kann sie tragen.</translation>
    </message>
    <message>
        <source>Drop the file on the window later and everything comes back.</source>
        <translation>Die Datei später auf das Fenster ziehen, und alles ist wieder da.</translation>
    </message>
    <message>
        <source>%1, lossless</source>
        <translation>%1, verlustfrei</translation>
    </message>
    <message>
        <source>This computer&apos;s FFmpeg has no encoder for it.</source>
        <translation>Das FFmpeg dieses Rechners hat keinen Kodierer dafür.</translation>
    </message>
    <message>
        <source>Choose where to save…</source>
        <translation>Speicherort wählen …</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern als</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 frames · %2 × %3 · %4 s</source>
        <translation>%1 Bilder · %2 × %3 · %4 s</translation>
    </message>
</context>
<context>
    <name>s1::ui::Fold</name>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
</context>
<context>
    <name>s1::ui::LossCurve</name>
    <message>
        <source>Loss curve</source>
        <translation>Verlustkurve</translation>
    </message>
    <message>
        <source>Loss %1</source>
        <translation>Verlust %1</translation>
    </message>
    <message>
        <source>The loss appears here while it learns</source>
        <translation>Hier erscheint beim Lernen der Verlust</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>Verlust %1</translation>
    </message>
</context>
<context>
    <name>s1::ui::MainWindow</name>
    <message>
        <source>Show-1 Studio</source>
        <translation>Show-1 Studio</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>The clip is ready.</source>
        <translation>Der Clip ist fertig.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Choose a clip to learn from</source>
        <translation>Clip zum Lernen wählen</translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.mov *.mkv *.webm *.avi *.gif);;All files (*)</source>
        <translation>Videos (*.mp4 *.mov *.mkv *.webm *.avi *.gif);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Prompt, seed and settings are back from this clip.</source>
        <translation>Prompt, Seed und Einstellungen dieses Clips sind wieder da.</translation>
    </message>
    <message>
        <source>A ready clip</source>
        <translation>Ein fertiger Clip</translation>
    </message>
    <message>
        <source>A ready clip: “%1”</source>
        <translation>Ein fertiger Clip: „%1“</translation>
    </message>
    <message>
        <source>The motion “%1” is chosen for the next clip.</source>
        <translation>Die Bewegung „%1“ ist für den nächsten Clip gewählt.</translation>
    </message>
    <message>
        <source>Its strength is in the prompt panel: 0 leaves it out, 1.5 exaggerates it.</source>
        <translation>Ihre Stärke steht im Prompt-Bereich: 0 lässt sie weg, 1,5 übertreibt sie.</translation>
    </message>
    <message>
        <source>A clip is being made. Cancel it or wait, then open this one.</source>
        <translation>Gerade entsteht ein Clip. Brechen Sie ab oder warten Sie, und öffnen Sie dann diesen.</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Starting the engine…</source>
        <translation>Der Rechenkern startet …</translation>
    </message>
    <message>
        <source>%1 · %2 · about %3</source>
        <translation>%1 · %2 · etwa %3</translation>
    </message>
    <message>
        <source>Open a clip</source>
        <translation>Clip öffnen</translation>
    </message>
    <message>
        <source>Clips (*.mp4 *.mov *.mkv *.webm *.avi *.gif *.png);;All files (*)</source>
        <translation>Clips (*.mp4 *.mov *.mkv *.webm *.avi *.gif *.png);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open a motion</source>
        <translation>Bewegung öffnen</translation>
    </message>
    <message>
        <source>Motions (*.s1motion)</source>
        <translation>Bewegungen (*.s1motion)</translation>
    </message>
    <message>
        <source>About Show-1 Studio</source>
        <translation>Über Show-1 Studio</translation>
    </message>
    <message>
        <source>&lt;b&gt;Show-1 Studio %1&lt;/b&gt;</source>
        <translation>&lt;b&gt;Show-1 Studio %1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Saved “%1”.</source>
        <translation>„%1“ ist gespeichert.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Save the slice</source>
        <translation>Schnitt speichern</translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
    <message>
        <source>Add this motion</source>
        <translation>Diese Bewegung hinzufügen</translation>
    </message>
    <message>
        <source>It will be chosen for the next clip.</source>
        <translation>Sie wird für den nächsten Clip gewählt.</translation>
    </message>
    <message>
        <source>Learn the motion of this clip</source>
        <translation>Die Bewegung dieses Clips lernen</translation>
    </message>
    <message>
        <source>Open this clip</source>
        <translation>Diesen Clip öffnen</translation>
    </message>
    <message>
        <source>A clip made here brings its prompt, seed and settings back. From any other you can learn its motion.</source>
        <translation>Ein hier erzeugter Clip bringt Prompt, Seed und Einstellungen zurück. Von jedem anderen lässt sich die Bewegung lernen.</translation>
    </message>
    <message>
        <source>Text to video with the four stages of Show-1, on this computer. No account, no telemetry: nothing you write or make leaves it.

Made with Qt, LibTorch and FFmpeg, each under its own licence.</source>
        <translation>Video aus Text mit den vier Stufen von Show-1, auf diesem Rechner. Kein Konto, keine Telemetrie: Nichts, was Sie schreiben oder erzeugen, verlässt ihn.

Erstellt mit Qt, LibTorch und FFmpeg, jedes unter seiner eigenen Lizenz.</translation>
    </message>
    <message>
        <source>Prompt and seed are back from this clip; its model is not here.</source>
        <translation>Prompt und Seed sind aus diesem Clip zurück; sein Modell ist nicht hier.</translation>
    </message>
    <message>
        <source>“%1” made it. Toyland is chosen and will make something else.</source>
        <translation>„%1“ hat ihn erzeugt. Toyland ist gewählt und wird etwas anderes zeigen.</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>Every file of %1 is good.</source>
        <translation>Alle Dateien von %1 sind in Ordnung.</translation>
    </message>
    <message>
        <source>Not every file of %1 is good.</source>
        <translation>Nicht alle Dateien von %1 sind in Ordnung.</translation>
    </message>
    <message>
        <source>%1 is not complete here any more, so Toyland is chosen.</source>
        <translation>%1 ist hier nicht mehr vollständig, deshalb ist Toyland gewählt.</translation>
    </message>
</context>
<context>
    <name>s1::ui::MessageBar</name>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>s1::ui::ModelCard</name>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>%1 fehlt</translation>
    </message>
    <message>
        <source>%1 and %2 more are missing</source>
        <translation>%1 und %2 weitere fehlen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Where to get it</source>
        <translation>Woher es kommt</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>The folder that the parts lie in, side by side, or a Hugging Face cache. Nothing is copied; parts that lie elsewhere can be added after it.</source>
        <translation>Der Ordner, in dem die Teile nebeneinander liegen, oder ein Hugging-Face-Cache. Nichts wird kopiert; Teile, die woanders liegen, lassen sich danach hinzufügen.</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Its files stay where they are.</source>
        <translation>Seine Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Look in the Hugging Face cache</source>
        <translation>Im Hugging-Face-Cache nachsehen</translation>
    </message>
    <message>
        <source>Comes with the program: a small world of drawn shapes.</source>
        <translation>Gehört zum Programm: eine kleine Welt gezeichneter Formen.</translation>
    </message>
    <message>
        <source>Like the one that comes with the program.</source>
        <translation>Von der Art des mitgelieferten Modells.</translation>
    </message>
    <message>
        <source>The published research model, for any subject.</source>
        <translation>Das veröffentlichte Forschungsmodell, für jedes Motiv.</translation>
    </message>
    <message>
        <source>A Standard clip takes about %1 on this computer (%2) and %3 of memory.</source>
        <translation>Ein Clip mit der Vorlage Standard braucht auf diesem Computer (%2) etwa %1 und %3 Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>%1, in use</source>
        <translation>%1, gewählt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>For the next clip</source>
        <translation>Für den nächsten Clip</translation>
    </message>
    <message>
        <source>Not before all of it is here</source>
        <translation>Erst wenn alles hier ist</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Stop verifying</source>
        <translation>Prüfung anhalten</translation>
    </message>
    <message>
        <source>Reads every file: its hash where one is known, else its size. Takes minutes.</source>
        <translation>Liest jede Datei: ihre Prüfsumme, wo eine bekannt ist, sonst ihre Größe. Dauert Minuten.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>%1 of %2 · %3</source>
        <translation>%1 von %2 · %3</translation>
    </message>
    <message>
        <source>Get these files again:</source>
        <translation>Diese Dateien neu holen:</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>unvollständig</translation>
    </message>
    <message>
        <source>Five repositories on huggingface.co, 25 to 30 GB together: showlab/show-1-base, show-1-interpolation, show-1-sr1, show-1-sr2, and DeepFloyd/IF-II-L-v1.0. Their licences allow research, not commercial use.</source>
        <translation>Fünf Repositorien auf huggingface.co, zusammen 25 bis 30 GB: showlab/show-1-base, show-1-interpolation, show-1-sr1, show-1-sr2 und DeepFloyd/IF-II-L-v1.0. Ihre Lizenzen erlauben Forschung, keine gewerbliche Nutzung.</translation>
    </message>
    <message>
        <source>In a terminal, “show1-cli models download show-1” fetches what is missing, checks every file, and goes on where it stopped.</source>
        <translation>In einem Terminal holt „show1-cli models download show-1“, was fehlt, prüft jede Datei und macht weiter, wo es aufgehört hat.</translation>
    </message>
    <message>
        <source>IF-II-L-v1.0 needs an account there: first accept its licence on its page and put your token into the variable HF_TOKEN.</source>
        <translation>IF-II-L-v1.0 verlangt dort ein Konto: zuerst auf seiner Seite die Lizenz annehmen und das eigene Token in die Variable HF_TOKEN legen.</translation>
    </message>
    <message>
        <source>If you have them already, choose their folder. Nothing is copied.</source>
        <translation>Sind sie schon da, genügt es, ihren Ordner zu wählen. Nichts wird kopiert.</translation>
    </message>
    <message>
        <source>Looking through the folder…</source>
        <translation>Der Ordner wird durchgesehen…</translation>
    </message>
    <message>
        <source>All files are here; their sizes and known hashes are right.</source>
        <translation>Alle Dateien sind hier; ihre Größen und bekannten Prüfsummen stimmen.</translation>
    </message>
</context>
<context>
    <name>s1::ui::ModelList</name>
    <message>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>files are missing</source>
        <translation>Dateien fehlen</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>nicht hier</translation>
    </message>
    <message>
        <source>%1 of %2 parts</source>
        <translation>%1 von %2 Teilen</translation>
    </message>
</context>
<context>
    <name>s1::ui::ModelPicker</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>What makes the clip. Models… shows what is here and adds others.</source>
        <translation>Was den Clip erzeugt. „Modelle…“ zeigt, was hier ist, und fügt andere hinzu.</translation>
    </message>
</context>
<context>
    <name>s1::ui::ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 is complete and can be used.</source>
        <translation>%1 ist vollständig und lässt sich verwenden.</translation>
    </message>
    <message>
        <source>%1 is not complete yet.</source>
        <translation>%1 ist noch nicht vollständig.</translation>
    </message>
    <message>
        <source>Missing: %1</source>
        <translation>Es fehlt: %1</translation>
    </message>
    <message>
        <source>Choose the folder with the published repositories</source>
        <translation>Den Ordner mit den veröffentlichten Repositorien wählen</translation>
    </message>
</context>
<context>
    <name>s1::ui::MotionList</name>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
</context>
<context>
    <name>s1::ui::MotionPicker</name>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>A motion learned from a clip. Drop a video on the window to learn one.</source>
        <translation>Eine Bewegung, die aus einem Clip gelernt wurde. Ziehen Sie ein Video auf das Fenster, um eine zu lernen.</translation>
    </message>
    <message>
        <source>Add a motion</source>
        <translation>Bewegung hinzufügen</translation>
    </message>
    <message>
        <source>Learn from a clip…</source>
        <translation>Aus einem Clip lernen …</translation>
    </message>
    <message>
        <source>Open a motion file…</source>
        <translation>Bewegungsdatei öffnen …</translation>
    </message>
    <message>
        <source>Motion strength</source>
        <translation>Stärke der Bewegung</translation>
    </message>
    <message>
        <source>0 is the model without the motion, 1 the motion as learned, above 1 more of it.</source>
        <translation>0 ist das Modell ohne die Bewegung, 1 die Bewegung wie gelernt, darüber mehr davon.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
</context>
<context>
    <name>s1::ui::MotionSheet</name>
    <message>
        <source>Back to the viewer</source>
        <translation>Zurück zum Bild</translation>
    </message>
    <message>
        <source>Learn a motion</source>
        <translation>Bewegung lernen</translation>
    </message>
    <message>
        <source>The way things move in this clip, without its look, becomes a motion you can give to any prompt.</source>
        <translation>Wie sich die Dinge in diesem Clip bewegen, ohne ihr Aussehen, wird zu einer Bewegung für jeden Prompt.</translation>
    </message>
    <message>
        <source>Drop a video here, or choose one.</source>
        <translation>Ein Video hierher ziehen oder eines wählen.</translation>
    </message>
    <message>
        <source>Source clip</source>
        <translation>Quellclip</translation>
    </message>
    <message>
        <source>Choose a clip…</source>
        <translation>Clip wählen …</translation>
    </message>
    <message>
        <source>Frame %1 of 8 to learn from</source>
        <translation>Bild %1 von 8, aus denen gelernt wird</translation>
    </message>
    <message>
        <source>Eight frames to learn from</source>
        <translation>Acht Bilder, aus denen gelernt wird</translation>
    </message>
    <message>
        <source>What moves, and how</source>
        <translation>Was sich wie bewegt</translation>
    </message>
    <message>
        <source>a shape moves to the right</source>
        <translation>a shape moves to the right</translation>
    </message>
    <message>
        <source>Name of the motion</source>
        <translation>Name der Bewegung</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Learn from this second</source>
        <translation>Ab dieser Sekunde lernen</translation>
    </message>
    <message>
        <source>Learn up to this second</source>
        <translation>Bis zu dieser Sekunde lernen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps follow the clip more closely, and take longer.</source>
        <translation>Mehr Schritte folgen dem Clip genauer und dauern länger.</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Say the motion only, not the look: a look you name is a look that is kept.</source>
        <translation>Nur die Bewegung nennen, nicht das Aussehen: Ein genanntes Aussehen bleibt haften.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Progress of learning</source>
        <translation>Fortschritt des Lernens</translation>
    </message>
    <message>
        <source>%1 · %2 × %3 · %4 s</source>
        <translation>%1 · %2 × %3 · %4 s</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Step %1 of %2 · %3 left</source>
        <translation>Schritt %1 von %2 · noch %3</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Choose a clip to learn from.</source>
        <translation>Wählen Sie einen Clip, aus dem gelernt wird.</translation>
    </message>
    <message>
        <source>Say in a few words what moves, and how.</source>
        <translation>Sagen Sie in wenigen Worten, was sich wie bewegt.</translation>
    </message>
</context>
<context>
    <name>s1::ui::PictureViewer</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>The clip. Arrow up and down move the slice line, comma and full stop step.</source>
        <translation>Der Clip. Pfeil auf und ab verschieben die Schnittlinie, Komma und Punkt gehen Bild für Bild.</translation>
    </message>
    <message>
        <source>Copy frame</source>
        <translation>Bild kopieren</translation>
    </message>
</context>
<context>
    <name>s1::ui::PlanEditor</name>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>Steps of %1</source>
        <translation>Schritte von %1</translation>
    </message>
    <message>
        <source>Guidance of %1</source>
        <translation>Führung von %1</translation>
    </message>
    <message>
        <source>How closely the stage follows the prompt. 1 or less: no guidance, twice as fast.</source>
        <translation>Wie genau die Stufe dem Prompt folgt. 1 oder weniger: keine Führung, doppelt so schnell.</translation>
    </message>
    <message>
        <source>Repaint of the last stage</source>
        <translation>Neu malen in der letzten Stufe</translation>
    </message>
    <message>
        <source>How much of the picture the last stage paints anew: 0.5 keeps the form, 1 keeps nothing.</source>
        <translation>Wie viel des Bildes die letzte Stufe neu malt: 0,5 behält die Form, 1 behält nichts.</translation>
    </message>
    <message>
        <source>Repaint (last)</source>
        <translation>Neu malen (letzte)</translation>
    </message>
</context>
<context>
    <name>s1::ui::PromptPanel</name>
    <message>
        <source>The clip to be made, and about how much time and memory it takes here</source>
        <translation>Der Clip, der entsteht, und etwa wie viel Zeit und Speicher er hier braucht</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What should happen, in one sentence</source>
        <translation>Was geschehen soll, in einem Satz</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <source>What should not be seen</source>
        <translation>Was nicht zu sehen sein soll</translation>
    </message>
    <message>
        <source>Reaches the last stage only, as in the published Show-1.</source>
        <translation>Wirkt nur in der letzten Stufe, wie im veröffentlichten Show-1.</translation>
    </message>
    <message>
        <source>Tokens of the prompt and the most the model reads</source>
        <translation>Token des Prompts und wie viele das Modell höchstens liest</translation>
    </message>
    <message>
        <source>Per-stage settings</source>
        <translation>Einstellungen je Stufe</translation>
    </message>
    <message>
        <source>Negative prompt (in use)</source>
        <translation>Negativer Prompt (wirkt)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>The per-stage settings below</source>
        <translation>Die Einstellungen je Stufe weiter unten</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Stop this run (Esc)</source>
        <translation>Diesen Lauf anhalten (Esc)</translation>
    </message>
    <message>
        <source>Make the clip (Ctrl+Enter)</source>
        <translation>Den Clip erzeugen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 von %2 Token</translation>
    </message>
    <message>
        <source>“%1” is not known</source>
        <translation>„%1“ ist unbekannt</translation>
    </message>
    <message>
        <source>No colour said: it may change</source>
        <translation>Keine Farbe genannt: sie kann wechseln</translation>
    </message>
    <message>
        <source>The model chooses a colour in each picture. Say one, as in “a red ball”, and it stays.</source>
        <translation>Das Modell wählt in jedem Bild eine Farbe. Nennen Sie eine, etwa „a red ball“, und sie bleibt.</translation>
    </message>
    <message>
        <source>“%1” → %2</source>
        <translation>„%1“ → %2</translation>
    </message>
    <message>
        <source>The model does not know “%1”. Click to use the nearest word it knows.</source>
        <translation>Das Modell kennt „%1“ nicht. Ein Klick nimmt das nächste bekannte Wort.</translation>
    </message>
    <message>
        <source>%1 frames · %2 × %3</source>
        <translation>%1 Bilder · %2 × %3</translation>
    </message>
    <message>
        <source>≈ %1 · %2</source>
        <translation>≈ %1 · %2</translation>
    </message>
</context>
<context>
    <name>s1::ui::SeedEdit</name>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>The same prompt, settings and seed give the same clip.</source>
        <translation>Gleicher Prompt, gleiche Einstellungen und gleicher Seed ergeben den gleichen Clip.</translation>
    </message>
    <message>
        <source>New random seed</source>
        <translation>Neuer zufälliger Seed</translation>
    </message>
    <message>
        <source>Keep this seed for the next clips</source>
        <translation>Diesen Seed für die nächsten Clips behalten</translation>
    </message>
</context>
<context>
    <name>s1::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>s1::ui::SlicePanel</name>
    <message>
        <source>Save the slice as PNG…</source>
        <translation>Schnitt als PNG speichern …</translation>
    </message>
    <message>
        <source>X-T</source>
        <translation>X-T</translation>
    </message>
    <message>
        <source>Y-T</source>
        <translation>Y-T</translation>
    </message>
    <message>
        <source>Free line</source>
        <translation>Freie Linie</translation>
    </message>
    <message>
        <source>Direction of the slice line</source>
        <translation>Richtung der Schnittlinie</translation>
    </message>
    <message>
        <source>X-T cuts along a row, Y-T along a column; drag an end of the line for any other.</source>
        <translation>X-T schneidet entlang einer Zeile, Y-T entlang einer Spalte; ein Ende der Linie ziehen ergibt jede andere.</translation>
    </message>
    <message>
        <source>Coherence</source>
        <translation>Kohärenz</translation>
    </message>
    <message>
        <source>How cleanly edges move: 1 is clean streaks, 0 is chaos.</source>
        <translation>Wie sauber sich Kanten bewegen: 1 sind klare Streifen, 0 ist Chaos.</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Flackern</translation>
    </message>
    <message>
        <source>How much brightness jumps from frame to frame. Lower is calmer.</source>
        <translation>Wie stark die Helligkeit von Bild zu Bild springt. Weniger ist ruhiger.</translation>
    </message>
    <message>
        <source>Hi-freq</source>
        <translation>Hochfreq.</translation>
    </message>
    <message>
        <source>Share of fast change over time, above a quarter of the frame rate. Lower is smoother.</source>
        <translation>Anteil schneller Änderung über die Zeit, über einem Viertel der Bildrate. Weniger ist glatter.</translation>
    </message>
    <message>
        <source>Roughness</source>
        <translation>Rauheit</translation>
    </message>
    <message>
        <source>How much motion jerks instead of gliding. Lower is smoother.</source>
        <translation>Wie sehr die Bewegung ruckt statt zu gleiten. Weniger ist glatter.</translation>
    </message>
    <message>
        <source>time ↓</source>
        <translation>Zeit ↓</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>Zeile %1 von %2</translation>
    </message>
    <message>
        <source>column %1 of %2</source>
        <translation>Spalte %1 von %2</translation>
    </message>
    <message>
        <source>free line</source>
        <translation>freie Linie</translation>
    </message>
</context>
<context>
    <name>s1::ui::SliceView</name>
    <message>
        <source>Slice picture</source>
        <translation>Bild des Schnitts</translation>
    </message>
    <message>
        <source>What lies under the slice line, one row per frame, time downwards</source>
        <translation>Was unter der Schnittlinie liegt, eine Zeile je Bild, die Zeit nach unten</translation>
    </message>
    <message>
        <source>One row per frame, time downwards. A moving edge is a slanted streak, flicker a horizontal band, noise is speckle. Click to go to a frame.</source>
        <translation>Eine Zeile je Bild, die Zeit nach unten. Eine bewegte Kante ist ein schräger Streifen, Flackern ein waagerechtes Band, Rauschen sind Sprenkel. Ein Klick geht zu einem Bild.</translation>
    </message>
    <message>
        <source>Time along the slice line appears here as soon as there is a clip.</source>
        <translation>Die Zeit entlang der Schnittlinie erscheint hier, sobald es einen Clip gibt.</translation>
    </message>
</context>
<context>
    <name>s1::ui::StageCard</name>
    <message>
        <source>Eight small pictures that move as the prompt says</source>
        <translation>Acht kleine Bilder, die sich bewegen, wie der Prompt es sagt</translation>
    </message>
    <message>
        <source>Fills in the pictures between the keyframes</source>
        <translation>Füllt die Bilder zwischen den Schlüsselbildern</translation>
    </message>
    <message>
        <source>Makes the clip four times as large, still in pixels</source>
        <translation>Macht den Clip viermal so groß, noch in Pixeln</translation>
    </message>
    <message>
        <source>Repaints it at full size with the latent model</source>
        <translation>Malt ihn in voller Größe neu, mit dem latenten Modell</translation>
    </message>
    <message>
        <source>From here</source>
        <translation>Ab hier</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>Fortschritt von %1</translation>
    </message>
    <message>
        <source>Re-run from %1</source>
        <translation>Neu ab %1</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>noch offen</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 / %2 steps</source>
        <translation>%1 / %2 Schritte</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>done · %1</source>
        <translation>fertig · %1</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>stopped · %1/%2</source>
        <translation>gestoppt · %1/%2</translation>
    </message>
    <message>
        <source>%1 s per step</source>
        <translation>%1 s je Schritt</translation>
    </message>
    <message>
        <source>Re-run from here: makes this stage and the later ones again and keeps the earlier ones. With the seed unlocked it is another take.</source>
        <translation>Ab hier neu: Erzeugt diese und die späteren Stufen noch einmal und behält die früheren. Ohne Schloss am Seed wird es eine andere Fassung.</translation>
    </message>
</context>
<context>
    <name>s1::ui::StagesPanel</name>
    <message>
        <source>Progress of the whole run</source>
        <translation>Fortschritt des ganzen Laufs</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>hält an</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>noch etwa %1</translation>
    </message>
</context>
<context>
    <name>s1::ui::TransportBar</name>
    <message>
        <source>First frame (Home)</source>
        <translation>Erstes Bild (Pos1)</translation>
    </message>
    <message>
        <source>Previous frame (,)</source>
        <translation>Voriges Bild (,)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Wiedergabe (Leertaste)</translation>
    </message>
    <message>
        <source>Next frame (.)</source>
        <translation>Nächstes Bild (.)</translation>
    </message>
    <message>
        <source>Last frame (End)</source>
        <translation>Letztes Bild (Ende)</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Frame %1 of %2 · %3 s</source>
        <translation>Bild %1 von %2 · %3 s</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Pause (Leertaste)</translation>
    </message>
</context>
<context>
    <name>s1::ui::ViewerPanel</name>
    <message>
        <source>Nothing to show yet</source>
        <translation>Noch nichts zu zeigen</translation>
    </message>
    <message>
        <source>Write what should happen and press Generate, or drop a clip on this window.</source>
        <translation>Schreiben Sie, was geschehen soll, und drücken Sie Erzeugen, oder ziehen Sie einen Clip auf das Fenster.</translation>
    </message>
    <message>
        <source>Show stage: %1</source>
        <translation>Stufe zeigen: %1</translation>
    </message>
    <message>
        <source>Show the result of this stage (Ctrl+%1)</source>
        <translation>Das Ergebnis dieser Stufe zeigen (Strg+%1)</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Zoom (Ctrl and mouse wheel)</source>
        <translation>Zoom (Strg und Mausrad)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
</context>
</TS>
