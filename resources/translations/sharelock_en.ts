<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActivityPage</name>
    <message numerus="yes">
        <source>%Ln entry(s) hidden by search and filter.</source>
        <translation>
            <numerusform>%Ln entry hidden by search and filter.</numerusform>
            <numerusform>%Ln entries hidden by search and filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed; the reason is in the row.</source>
        <translation>
            <numerusform>%Ln failed; the reason is in the row.</numerusform>
            <numerusform>%Ln failed; the reason is in the row.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) are public</source>
        <translation>
            <numerusform>%Ln message is public</numerusform>
            <numerusform>%Ln messages are public</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %Ln secret(s) among them</source>
        <translation>
            <numerusform>, %Ln secret among them</numerusform>
            <numerusform>, %Ln secrets among them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unshare %Ln</source>
        <comment>button</comment>
        <translation>
            <numerusform>Unshare %Ln</numerusform>
            <numerusform>Unshare %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DisableDialog</name>
    <message numerus="yes">
        <source>Disable sharing in %Ln project(s)?</source>
        <translation>
            <numerusform>Disable sharing in %Ln project?</numerusform>
            <numerusform>Disable sharing in %Ln projects?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%Ln link(s) written to %1</source>
        <translation>
            <numerusform>%Ln link written to %1</numerusform>
            <numerusform>%Ln links written to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln receipt(s) written to %1</source>
        <translation>
            <numerusform>%Ln receipt written to %1</numerusform>
            <numerusform>%Ln receipts written to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message numerus="yes">
        <source>%1, %2, %Ln place(s), %3</source>
        <translation>
            <numerusform>%1, %2, %Ln place, %3</numerusform>
            <numerusform>%1, %2, %Ln places, %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FullTextDialog</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkDetail</name>
    <message numerus="yes">
        <source>%Ln secret(s)</source>
        <translation>
            <numerusform>%Ln secret</numerusform>
            <numerusform>%Ln secrets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln personal detail(s)</source>
        <translation>
            <numerusform>%Ln personal detail</numerusform>
            <numerusform>%Ln personal details</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkMenu</name>
    <message numerus="yes">
        <source>%Ln selected link(s)</source>
        <translation>
            <numerusform>%Ln selected link</numerusform>
            <numerusform>%Ln selected links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln link(s)</source>
        <translation>
            <numerusform>Copy %Ln link</numerusform>
            <numerusform>Copy %Ln links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Check %Ln link(s) now</source>
        <translation>
            <numerusform>Check %Ln link now</numerusform>
            <numerusform>Check %Ln links now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unshare %Ln link(s)…</source>
        <translation>
            <numerusform>Unshare %Ln link…</numerusform>
            <numerusform>Unshare %Ln links…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message numerus="yes">
        <source>%1, %Ln secret(s)</source>
        <translation>
            <numerusform>%1, %Ln secret</numerusform>
            <numerusform>%1, %Ln secrets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinksPage</name>
    <message numerus="yes">
        <source>%Ln link(s) hidden by search and filters.</source>
        <translation>
            <numerusform>%Ln link hidden by search and filters.</numerusform>
            <numerusform>%Ln links hidden by search and filters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModeDetail</name>
    <message numerus="yes">
        <source>%Ln link(s)</source>
        <translation>
            <numerusform>%Ln link</numerusform>
            <numerusform>%Ln links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %Ln a day lately.</source>
        <translation>
            <numerusform>About %Ln a day lately.</numerusform>
            <numerusform>About %Ln a day lately.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) may still be public, although nothing may be shared here.</source>
        <translation>
            <numerusform>%Ln link may still be public, although nothing may be shared here.</numerusform>
            <numerusform>%Ln links may still be public, although nothing may be shared here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModeRow</name>
    <message numerus="yes">
        <source>%Ln violating</source>
        <translation>
            <numerusform>%Ln violating</numerusform>
            <numerusform>%Ln violating</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s)</source>
        <translation>
            <numerusform>%Ln link</numerusform>
            <numerusform>%Ln links</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message numerus="yes">
        <source>%Ln on auto</source>
        <translation>
            <numerusform>%Ln on auto</numerusform>
            <numerusform>%Ln on auto</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PublicPanel</name>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s), all decided</source>
        <translation>
            <numerusform>%Ln value, all decided</numerusform>
            <numerusform>%Ln values, all decided</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PublishDialog</name>
    <message numerus="yes">
        <source>%Ln new message(s)</source>
        <translation>
            <numerusform>%Ln new message</numerusform>
            <numerusform>%Ln new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed item(s)</source>
        <translation>
            <numerusform>%Ln changed item</numerusform>
            <numerusform>%Ln changed items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to hide</source>
        <translation>
            <numerusform>%Ln to hide</numerusform>
            <numerusform>%Ln to hide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln blanked</source>
        <translation>
            <numerusform>%Ln blanked</numerusform>
            <numerusform>%Ln blanked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln value</numerusform>
            <numerusform>%Ln values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln place(s)</source>
        <translation>
            <numerusform>in %Ln place</numerusform>
            <numerusform>in %Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) wait for your decision.</source>
        <translation>
            <numerusform>%Ln finding waits for your decision.</numerusform>
            <numerusform>%Ln findings wait for your decision.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln secret(s) that you keep will be public.</source>
        <translation>
            <numerusform>%Ln secret that you keep will be public.</numerusform>
            <numerusform>%Ln secrets that you keep will be public.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A live link would make %Ln secret(s) public.</source>
        <translation>
            <numerusform>A live link would make %Ln secret public.</numerusform>
            <numerusform>A live link would make %Ln secrets public.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RailEntry</name>
    <message numerus="yes">
        <source>%Ln need a look</source>
        <translation>
            <numerusform>%Ln needs a look</numerusform>
            <numerusform>%Ln need a look</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RulesSection</name>
    <message numerus="yes">
        <source>%Ln rule(s) in use.</source>
        <translation>
            <numerusform>%Ln rule in use.</numerusform>
            <numerusform>%Ln rules in use.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionDetail</name>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) with paths and names are replaced.</source>
        <translation>
            <numerusform>%Ln place with paths and names is replaced.</numerusform>
            <numerusform>%Ln places with paths and names are replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln secret(s)</source>
        <translation>
            <numerusform>%Ln secret</numerusform>
            <numerusform>%Ln secrets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln personal detail(s)</source>
        <translation>
            <numerusform>%Ln personal detail</numerusform>
            <numerusform>%Ln personal details</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln finding(s) wait for you.</source>
        <translation>
            <numerusform>%Ln finding waits for you.</numerusform>
            <numerusform>%Ln findings wait for you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln secret(s) are replaced.</source>
        <translation>
            <numerusform>%Ln secret is replaced.</numerusform>
            <numerusform>%Ln secrets are replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln personal detail(s) are replaced.</source>
        <translation>
            <numerusform>%Ln personal detail is replaced.</numerusform>
            <numerusform>%Ln personal details are replaced.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionRow</name>
    <message numerus="yes">
        <source>%Ln finding(s)</source>
        <translation>
            <numerusform>%Ln finding</numerusform>
            <numerusform>%Ln findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln personal</source>
        <translation>
            <numerusform>%Ln personal</numerusform>
            <numerusform>%Ln personal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionsPage</name>
    <message numerus="yes">
        <source>%Ln session(s) found by messages alone</source>
        <translation>
            <numerusform>%Ln session found by messages alone</numerusform>
            <numerusform>%Ln sessions found by messages alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) hidden by search and filters.</source>
        <translation>
            <numerusform>%Ln session hidden by search and filters.</numerusform>
            <numerusform>%Ln sessions hidden by search and filters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShareModePage</name>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message numerus="yes">
        <source>%Ln message(s) blanked</source>
        <translation>
            <numerusform>%Ln message blanked</numerusform>
            <numerusform>%Ln messages blanked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) of unknown kind blanked</source>
        <translation>
            <numerusform>%Ln item of unknown kind blanked</numerusform>
            <numerusform>%Ln items of unknown kind blanked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptBlock</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all, %Ln finding(s) inside</source>
        <translation>
            <numerusform>Show all, %Ln finding inside</numerusform>
            <numerusform>Show all, %Ln findings inside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnshareDialog</name>
    <message numerus="yes">
        <source>Unshare %Ln link(s)?</source>
        <translation>
            <numerusform>Unshare %Ln link?</numerusform>
            <numerusform>Unshare %Ln links?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) are public there now.</source>
        <translation>
            <numerusform>%Ln message is public there now.</numerusform>
            <numerusform>%Ln messages are public there now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unshare %Ln</source>
        <comment>button</comment>
        <translation>
            <numerusform>Unshare %Ln</numerusform>
            <numerusform>Unshare %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchEvent</name>
    <message numerus="yes">
        <source>%Ln new secret(s) in a public session</source>
        <translation>
            <numerusform>A new secret is in a public session</numerusform>
            <numerusform>%Ln new secrets are in a public session</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeekChart</name>
    <message numerus="yes">
        <source>Live links, last %Ln week(s)</source>
        <translation>
            <numerusform>Live links, last week</numerusform>
            <numerusform>Live links, last %Ln weeks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sharelock::app::KeySearch</name>
    <message numerus="yes">
        <source>%1 read in %Ln file(s), </source>
        <translation>
            <numerusform>%1 read in %Ln file, </numerusform>
            <numerusform>%1 read in %Ln files, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln candidate(s) tried.</source>
        <translation>
            <numerusform>%Ln candidate tried.</numerusform>
            <numerusform>%Ln candidates tried.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read.</source>
        <translation>
            <numerusform>%Ln file could not be read.</numerusform>
            <numerusform>%Ln files could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sharelock::app::LinksPage</name>
    <message numerus="yes">
        <source>%Ln newer message(s) here</source>
        <translation>
            <numerusform>%Ln newer message here</numerusform>
            <numerusform>%Ln newer messages here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) never arrived there</source>
        <translation>
            <numerusform>%Ln message never arrived there</numerusform>
            <numerusform>%Ln messages never arrived there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) differ</source>
        <translation>
            <numerusform>%Ln message differs</numerusform>
            <numerusform>%Ln messages differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) only there</source>
        <translation>
            <numerusform>%Ln message only there</numerusform>
            <numerusform>%Ln messages only there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sharelock::app::ModeEditor</name>
    <message numerus="yes">
        <source>Lately that would have been %Ln a day.</source>
        <translation>
            <numerusform>Lately that would have been %Ln a day.</numerusform>
            <numerusform>Lately that would have been %Ln a day.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sharelock::app::TranscriptModel</name>
    <message numerus="yes">
        <source>%Ln new message(s)</source>
        <translation>
            <numerusform>%Ln new message</numerusform>
            <numerusform>%Ln new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed item(s)</source>
        <translation>
            <numerusform>%Ln changed item</numerusform>
            <numerusform>%Ln changed items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) to be blanked</source>
        <translation>
            <numerusform>%Ln item to be blanked</numerusform>
            <numerusform>%Ln items to be blanked</numerusform>
        </translation>
    </message>
</context>
</TS>
