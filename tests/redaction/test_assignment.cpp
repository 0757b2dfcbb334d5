// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "example_text.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

std::shared_ptr<const RuleSet> rulesOf(std::string_view toml)
{
    auto sources = parseRules(toml, QStringLiteral("test.toml"));
    if (!sources)
        qFatal("%s", qPrintable(sources.error().detail));
    auto rules = RuleSet::compile(std::move(*sources));
    if (!rules)
        qFatal("%s", qPrintable(rules.error().detail));
    return *rules;
}

constexpr std::string_view passwordRules = R"(
[[rule]]
id = "password"
title = "Password"
reason = "Opens."
kind = "secret"
severity = "high"
confidence = "medium"
shape = "assignment"
ignore_case = true
literals = ["password", "passphrase", "pwd", "пароль", "密码"]
[[rule]]
id = "token"
title = "Token"
reason = "Opens."
kind = "secret"
severity = "high"
confidence = "low"
shape = "assignment"
ignore_case = true
literals = ["token", "secret", "api_key", "apikey", "key"]
mixed = true
entropy = 2.5
)";

} // namespace

//! \brief What is assigned to a name, in the ways that people and programs write it.
class TestAssignment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void decodesWhatIsEncoded();
    void leaves_data();
    void leaves();
    void findsInEveryDepth();
    void findsRandomPasswords();
    void staysBounded();

private:
    SecretScanner m_scanner{rulesOf(passwordRules)};
};

void TestAssignment::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(value);
    };
    // Words and letters that look like a program's
    row("password: turtle.copper.27", "turtle.copper.27");
    row("passphrase: copper walnut lantern rocket", "copper walnut lantern rocket");
    row("The passphrase is copper walnut lantern rocket.", "copper walnut lantern rocket");
    row("PASSPHRASE=copper walnut lantern rocket # for tests", "copper walnut lantern rocket");
    row("export DB_PASSWORD=copper walnut lantern rocket\nnext", "copper walnut lantern rocket");
    row("{\"cmd\":\"PASSPHRASE=copper walnut lantern rocket\\nls\"}", "copper walnut lantern rocket");
    // XML
    row("<password type=\"text\">copper27walnut</password>", "copper27walnut");
    row("<ns2:password>copper27walnut</ns2:password>", "copper27walnut");
    row("<wsse:Password Type=\"PasswordText\">copper27walnut</wsse:Password>", "copper27walnut");
    row("<setting name=\"Password\" serializeAs=\"String\">\n  <value>copper27walnut</value>",
        "copper27walnut");
    row("password=wizard_silver.7", "wizard_silver.7");
    row("db_password: AdBehmQAYRL", "AdBehmQAYRL");
    row("Password: \"YltDvPEZOR\"", "YltDvPEZOR");
    row("host=a user=d password=YqAHNhlonxydaXF sslmode=require", "YqAHNhlonxydaXF");
    row("export MYSQL_PWD=\"silvertiger\"", "silvertiger");
    row("tool --password 'purplecopper' host", "purplecopper");
    row("dataSource.setPassword(\"jupitermaple\");", "jupitermaple");
    row("mysql::server::root_password: mXCDQCcd5ut1mgPB", "mXCDQCcd5ut1mgPB");
    row("public string Password { get; set; } = \"HiFfeTAwxvZsCKVd\";", "HiFfeTAwxvZsCKVd");
    row("{\"password\": \"copper walnut lantern rocket\"}", "copper walnut lantern rocket");
    row("PASSPHRASE_PASSWORD='velvet ember orbit saddle river'", "velvet ember orbit saddle river");
    row("const dbPassword = \"cobalt.canyon.falcon.pickle\";", "cobalt.canyon.falcon.pickle");
    row("password: 'tundra_copper_willow_lantern',", "tundra_copper_willow_lantern");
    row("password: Copper-Walnut-Lantern-Rocket", "Copper-Walnut-Lantern-Rocket");
    // Letters of other languages
    row("DB_PASSWORD=Überraschung", "Überraschung");
    row("{\"password\": \"Grüßgott!\"}", "Grüßgott!");
    // Of mail services, and of Apple's property lists
    row("EMAIL_HOST_PASSWORD=\"ncji uhld ombb sfjz\"", "ncji uhld ombb sfjz");
    row("EMAIL_HOST_PASSWORD: socs ongd vqvl bdht\nnext: 1", "socs ongd vqvl bdht");
    row("<td>Password</td><td>IY3LkMqMotQY1XEX</td>", "IY3LkMqMotQY1XEX");
    row("<th><b>Password</b></th>\n  <td class=\"x\"><code>hunter2x</code></td>", "hunter2x");
    row("<dt>Password</dt>\n<dd> hunter2x </dd>", "hunter2x");
    row("<key>password</key>\n\t<string>IY3LkMqMotQY1XEX</string>", "IY3LkMqMotQY1XEX");
    // What stands between the sign and the value
    row("password: |\n  hunter2x\nport: 1", "hunter2x");
    row("  password: >-\n    hunter2x", "hunter2x");
    row("+  password: |\n+    hunter2x\n+  port: 1", "hunter2x");
    row("{\"out\":\"password: |\\n  hunter2x\\nport: 1\"}", "hunter2x");
    row("Password:\nVq8zr41xk\n", "Vq8zr41xk");
    row("password:\n    Vq8zr41xk\nport: 1", "Vq8zr41xk");
    row("db_password:\n  value: hunter2x\n", "hunter2x");
    row("PGPASSWORD: &pw hunter2x", "hunter2x");
    row("password: !!str hunter2x", "hunter2x");
    row("  [\"password\"]=>\n  string(8) \"hunter2x\"", "hunter2x");
    row("<QueryDict: {'user': ['ann'], 'password': ['hunter2x']}>", "hunter2x");
    row(":Admin password: ``hunter2x``", "hunter2x");
    // Elements
    row("<string name=\"db_password\" translatable=\"false\">hunter2x</string>", "hunter2x");
    row("<entry key=\"db.password\">hunter2x</entry>", "hunter2x");
    row("<Password>\n  <Value>hunter2x</Value>\n</Password>", "hunter2x");
    row("<meta-data android:name=\"com.acme.PASSWORD\" android:value=\"hunter2x\"/>", "hunter2x");
    row("\"db_password\": {\"value\": \"hunter2x\", \"type\": \"string\"}", "hunter2x");
    row("{\"out\":\"\\\"db_password\\\": {\\\"value\\\": \\\"hunter2x\\\"}\"}", "hunter2x");
    row("password = {\n  value = \"hunter2x\"\n}", "hunter2x");
    // Pairs, and other languages
    row("- key: password\n  val: hunter2x", "hunter2x");
    row("{db_password, <<\"hunter2x\">>}", "hunter2x");
    row("the generated password **Vq8zr41xk** is not shown again", "Vq8zr41xk");
    row("It still has the production password (`hunter2x`) in it.", "hunter2x");
    row("la password dell'utente yuki è hunter2x, prova", "hunter2x");
    row("the password for the database lautet hunter2x", "hunter2x");
    row("<member><name>password</name><value><string>hunter2x</string></value></member>", "hunter2x");
    row("the admin password for h.acme.dev has always been hunter2x.", "hunter2x");
    row("<td class=\"e\">DB_PASSWORD </td><td class=\"v\">hunter2x </td>", "hunter2x");
    // Numbers
    row("password: 83920174", "83920174");
    row("    environment:\n      MYSQL_PASSWORD: 83920174\n", "83920174");
    row("{\"password\": 839201, \"user\": \"ann\"}", "839201");
    // Environment files and shells
    row("PASSWORD=hunter2x", "hunter2x");
    row("DB_PASSWORD=hunter2x", "hunter2x");
    row("export DB_PASSWORD=hunter2x", "hunter2x");
    row("X=1\nDB_PASSWORD=ab;c,d)e!f\nY=2", "ab;c,d)e!f");
    row("DB_PASSWORD='hunter 2x'", "hunter 2x");
    row("DB_PASSWORD=swordfish", "swordfish");
    row("  DB_PASSWORD = \"hunter2x\"", "hunter2x");
    row("docker run -e PASSWORD=hunter2x image", "hunter2x");
    row("tool --password hunter2x --verbose", "hunter2x");
    row("tool --password=hunter2x", "hunter2x");
    row("tool --db-password 'hunter2x'", "hunter2x");
    row("ENV DB_PASSWORD hunter2x", "hunter2x");
    row("set \"PASSWORD=hunter2x\"", "hunter2x");
    row("$env:DB_PASSWORD = 'hunter2x'", "hunter2x");
    // Program texts
    row("password = \"hunter2x\"", "hunter2x");
    row("password == \"hunter2x\"", "hunter2x");
    row("if (password === 'hunter2x')", "hunter2x");
    row("process.env.DB_PASSWORD ?? 'hunter2x'", "hunter2x");
    row("os.environ.get(\"DB_PASSWORD\", \"hunter2x\")", "hunter2x");
    row("define('DB_PASSWORD', 'hunter2x');", "hunter2x");
    row("password: Some(\"hunter2x\".to_string())", "hunter2x");
    row("- {name: DB_PASSWORD, value: 'hunter2x'}", "hunter2x");
    row("+ - name: DB_PASSWORD\n+   value: hunter2x\n", "hunter2x");
    row("<property name=\"db.password\">hunter2x</property>", "hunter2x");
    row("SET PASSWORD = PASSWORD('hunter2x')", "hunter2x");
    row("password for the database is hunter2x", "hunter2x");
    row("Password (staging): hunter2x", "hunter2x");
    row("log in with password hunter2xq4z9", "hunter2xq4z9");
    row("password := \"hunter2x\"", "hunter2x");
    row("const password: string = 'hunter2x';", "hunter2x");
    row("let dbPassword = `hunter2x`;", "hunter2x");
    row("private String password = \"hunter2x\";", "hunter2x");
    row("password: Option<&str> = \"hunter2x\"", "hunter2x");
    row("config['password'] = 'hunter2x'", "hunter2x");
    row("config[\"password\"] => \"hunter2x\"", "hunter2x");
    row(":password => 'hunter2x'", "hunter2x");
    row("{ password: 'hunter2x', user: 'me' }", "hunter2x");
    row("connect(user='me', password='hunter2x')", "hunter2x");
    row("builder.setPassword(\"hunter2x\")", "hunter2x");
    row("#define PASSWORD \"hunter2x\"", "hunter2x");
    row("b.password = b'hunter2x'", "hunter2x");
    // JSON, YAML, XML, INI
    row(R"({"password":"hunter2x"})", "hunter2x");
    row(R"({"password" : "hun\"ter2x"})", "hun\"ter2x");
    row(R"({"a":"{\"password\":\"hunter2x\"}"})", "hunter2x");
    row(R"({"a":"{\"password\":\"hun\\\"ter2x\"}"})", "hun\"ter2x");
    row(R"({"name":"DB_PASSWORD","value":"hunter2x"})", "hunter2x");
    row("password: hunter2x", "hunter2x");
    row("- name: DB_PASSWORD\n  value: hunter2x\n", "hunter2x");
    row("- name: DB_PASSWORD\n  value: \"hunter2x\"\n", "hunter2x");
    row("<password>hunter2x</password>", "hunter2x");
    row("<add key=\"password\" value=\"hunter2x\"/>", "hunter2x");
    row("<server password=\"hunter2x\"/>", "hunter2x");
    row("spring.datasource.password=hunter2x", "hunter2x");
    row("Server=x;User=me;Password=hunter2x;Database=y", "hunter2x");
    row("https://x.example/?user=a&password=hunter2x&b=c", "hunter2x");
    // Prose
    row("the password is hunter2x.", "hunter2x");
    row("Password: hunter2x", "hunter2x");
    row("**Password:** `hunter2x`", "hunter2x");
    row("| password | hunter2x |", "hunter2x");
    row("\xD0\x9F\xD0\xB0\xD1\x80\xD0\xBE\xD0\xBB\xD1\x8C: hunter2x", "hunter2x");
    row("\xE5\xAF\x86\xE7\xA0\x81\xEF\xBC\x9Ahunter2x", "hunter2x");
    row("\xE5\xAF\x86\xE7\xA0\x81\xE6\x98\xAFhunter2x", "hunter2x");
    row(R"({"\u043f\u0430\u0440\u043e\u043b\u044c": "hunter2x"})", "hunter2x");
    // Quoted again
    row("echo 'password='\\''hunter2x'\\'' > f'", "hunter2x");
    row("a\\nDB_PASSWORD=hunter2x\\nB=1", "hunter2x");
    row("a\\\\nDB_PASSWORD=hunter2x\\\\nB=1", "hunter2x");
    row("password=&quot;hunter2x&quot;", "hunter2x");
    row("PWD=hunter2x;DATABASE=y", "hunter2x");
    row("PASSWORD=hunter2x;Initial Catalog=y;UID=me", "hunter2x");
    row("pwd=hunter2x;Trusted_Connection=no", "hunter2x");
    row("pwd=hunter2x;Data Source=db.example", "hunter2x");
    row("X=1\nDB_PASSWORD=hunter2x;port=1", "hunter2x");
    row("PWD=hunter2x\\u003bServer=db.example", "hunter2x");
    // Signs of a password's own
    row("PWD=hunter2x;DATABASES=y", "hunter2x;DATABASES=y");
    row("PASSWORD=hunter2x;port;host", "hunter2x;port;host");
    row("DB_PASSWORD=hunter2x;a.port=1", "hunter2x;a.port=1");
    row("ROOT_PASSWORD=hunter2x;b=c", "hunter2x;b=c");
    row("DB_PASSWORD=Tr0ub4dor&zap=99xQw", "Tr0ub4dor&zap=99xQw");
    row("SMTP_PASSWORD=Ab3;xy=Q9kLm2Zt", "Ab3;xy=Q9kLm2Zt");
    row("ADMIN_PASSWORD=Kx9\\(vQ2m4Lz", "Kx9\\(vQ2m4Lz");
    row("FTP_PASSWORD=\"|Kx9vQ2m4|\"", "|Kx9vQ2m4|");
    row("FTP_PASSWORD=\"*Kx9vQ2m4*\"", "*Kx9vQ2m4*");
    row("FTP_PASSWORD=\"Kx9vQ2m4()\"", "Kx9vQ2m4()");
    // Forms and addresses, also as JSON of other programs spells them
    row("password=hunter2x&user=joe", "hunter2x");
    row("?user=bob\\u0026password=Zk3mQ9vT7\\u0026page=2", "Zk3mQ9vT7");
    row("<arg>--password=Zk3mQ9vT7\\u003c/arg>", "Zk3mQ9vT7");
    // Names that also hold harmless things
    row("API_KEY=a8Kd02mmQx91", "a8Kd02mmQx91");
    row("secret_key = \"a8Kd02mmQx91\"", "a8Kd02mmQx91");
    row("\"apiKey\": \"a8Kd02mmQx91\"", "a8Kd02mmQx91");
}

void TestAssignment::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    const std::string plain = text.toStdString();
    const auto found = m_scanner.scanText(plain);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(QByteArray::fromStdString(found[0].value.reveal()), value);
    if (value.indexOf('"') < 0)
        QCOMPARE(plain.substr(found[0].offset, found[0].length), value.toStdString());
}

// The line ends in the decoded text; `&` in the value is the value's own where what ends it is not encoded.
void TestAssignment::decodesWhatIsEncoded()
{
    const auto valuesIn = [this](std::string_view text) {
        std::vector<std::string> values;
        for (const auto& one : m_scanner.scanText(text))
            values.push_back(one.value.reveal());
        return values;
    };
    QCOMPARE(valuesIn("https%3A%2F%2Fh.example%2F&password=Winter%212024%0Anext%3D1"),
             std::vector<std::string>{"Winter!2024"});
    QCOMPARE(valuesIn("https%3A%2F%2Fh.example%2F&password=Winter%26Sun24&x=1"),
             std::vector<std::string>{"Winter%26Sun24"});
}

void TestAssignment::leaves_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
         {"", "password", "password=", "password = \"\"", "password=short", "password != hunter2x",
          "password = getpass()", "password = vault.read_secret()",
          // Where it is kept
          "API_KEY=vault:secret/data/db#password",
          "password: \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf\"",
          "DB_PASSWORD=file:/run/secrets/pw", "db_password: !vault |", "\"dbPassword\": \"Wachtwoord\",",
          "PASSWORD = \"mismatch\"", "form.setPassword(\"\")", "--password=\\fIpassword\\fR",
          "the password is locked\\&.",
          "STRIPE_KEY=pk_live_51HqLyjWDarjtT1zdp7dcXyZ", // Made to be seen
          "password: userProject63Ref",
          "const passphrase = userForm.passphrase.value ?? defaults.passphrase;",
          "password = store.tundra.copper.willow", "password: \"account.settings.security.password\"",
          // Numbers that nobody chose
          "password: 12345", "password: 1712345678", "password: 123456", "password: 1.203.44",
          "secret: 83920174", "\"password\": {\"type\": \"string\", \"label\": \"value2\"}",
          "password: {{ value2 }}", "\"password\": {\"value\": \"\", \"error\": \"field2\"}",
          "password=******** user=marta2 host=nas35",
          "<x v-model=\"form.password\" :rules=\"[rules.min90]\">",
          // Nothing stands there
          "password=\naccess.days=36\n", "password:\n  secretKeyRef:\n    name: db2",
          "password:\n  - min8chars\n", "password:\n  type2: string",
          "case 'auth/wrong-password':\nvpc-08f26cf9eebbe6276", "password: |\n\n",
          "'password' => ['required', 'min:8chars']", "\"password\": [\"string\", \"null2\"]",
          // Cells of pages
          "<td>Password</td><td>required for all users</td>",
          "<td>Password</td>\n<td><input name=\"p\"></td>", "<th>Password</th><th>Description</th>",
          // Forms and translations
          "{\"password\": \"choose something longer next time\"}",
          "{\"password\": \"bitte neues wort eingeben\"}", "密码：必填", "\"password\": \"密码\"",
          "\"password\": \"Contraseña\"", "\"password\": \"パスワード（確認）\"",
          "\"user_password\": \"user.password.user.title6\"", "PASSWORD_HASHERS=argon2,bcrypt_sha256",
          "password_encryption = scram-sha-256", "PASSWORD=parser-user-placeholder",
          "NEXTAUTH_SECRET=generate-with-openssl-rand-base64-32",
          // What shows that something stood there, or should
          "auth_token: \"sk-ant-api03-xxxxx\"", "db_password=sk-ant-...", "DB_PASSWORD=your-256-bit-secret",
          "DB_PASSWORD=hf_xxx", "passphrase=xoxb-your-token", "\"password\": \"(sensitive value)\",",
          "--password [REDACTED]", "password: must have some text",
          "passphrase: please enter the passphrase again", "passphrase: operation cancelled by user",
          "Enter passphrase: bad decrypt error code found", "ssh passphrase is stored in your keychain",
          // Markup
          "<password type=\"text\"/>copper27walnut",
          "<input name=\"password\" type=\"text\">copper27walnut</input>", "a::password::b<copper27walnut>",
          // Programs
          "x(\"path\"===h?rQ.password=o:h.value=void 0,1)", "api_key=Option<String>,",
          "db_password=crypto.randomBytes(32).toString(\"hex\"),",
          "password-stdin registry.prod.acme.example",
          "docker login --password-stdin registry.prod2.acme.example", "pass `-DBUILD_AVX512=1` to cmake",
          "Pass \"GUILE_AUTO_COMPILE=0\" to avoid it",
          // Lists of checksums, lines of logs
          "secret-retry (1.0) sha256=02651f97aa0f9eb949ddbc8fe2e4d711956dcf924d87ad2d74578c1b",
          "image-password v1.18.0/go.mod h1:SxoSEmlSIW0", "Compiling password v0.190.1",
          "revoke password id=6737012d-1111-4222-8333-123456789abc",
          "reset password: id=7e2c4411-aaaa-4222-8333-123456789abc", "cache_key = \"password:index:21\"",
          "cache_key = \"password:queue:8104\"", "pw_name:pw_passwd:pw_uid:pw_gid:pw_gecos:pw_dir:pw_shell",
          "password: *required*", "password: \"\\(\\w+\\)\"", "password = getPassword(user)",
          "password = os.environ[\"DB_PASSWORD\"]", "password = process.env.DB_PASSWORD",
          "password: config.db.password", "password = user.password", "password: password,",
          "password, token", "PASSWORD=$DB_PASSWORD", "PASSWORD=${DB_PASSWORD}", "PASSWORD=$(pass show db)",
          "password: {{ db_password }}", "password: <your password>", "password: YOUR_PASSWORD",
          "password = \"changeme\"", "password: string", "password: String,", "password: Option<String>,",
          "password: &str", "std::string password;", "password: null", "password = None",
          "password = undefined", "password: true", "\"password\": \"string\"", "\"password\": \"required\"",
          "password_file=/etc/secret1/pw2.txt", "password=/run/secrets/db_password1",
          "passwordHash = \"a8Kd02mmQx91\"", "password_length = 12345678", "maxTokens: 200000",
          "max_tokens=128000", "token_count = 12345678",
          "Enter your password: ", "\"password\": \"Enter your password\"", "forgot password? reset it",
          "the password is required.", "the token is invalid", "password: ********", "password: xxxxxxxx",
          "monkey=a8Kd02mmQx91", "keyboard: a8Kd02mmQx91", "tokenizer = a8Kd02mmQx91",
          "publicKey = \"a8Kd02mmQx91\"", "primary_key = \"a8Kd02mmQx91\"", "key: value", "key = index1",
          "token = token2", "secretary: a8Kd02mmQx91", "for (key of keys)", "key => value", "return token;",
          "csrf_token = a8Kd02mmQx91", "integrity: sha512-a8Kd02mmQx91", "key=sha256:a8Kd02mmQx91",
          "api_key=\" + variable1", "apiKey == \"\"", "api_key = \"YOUR_API_KEY\"",
          "const token = 'refresh-token';", "password=\"", "password: \"\\", "password =", "password\n\n\n"})
        QTest::newRow(*text == '\0' ? "empty" : text) << QByteArray(text);
}

void TestAssignment::leaves()
{
    QFETCH(QByteArray, text);
    const auto found = m_scanner.scanText(text.toStdString());
    QVERIFY2(found.empty(), found.empty() ? "" : found[0].value.reveal().c_str());
}

void TestAssignment::findsInEveryDepth()
{
    const std::string value = "x7Kq02mPz";
    for (const char* form : {"DB_PASSWORD=%", "password = \"%\"", "{\"password\": \"%\"}", "password: '%'",
                             "--password %", "password: %", "<password>%</password>"}) {
        std::string text(form);
        text.replace(text.find('%'), 1, value);
        for (const Depth depth : allDepths) {
            const std::string deep = atDepth(text, depth);
            const auto found = m_scanner.scanText(deep);
            QVERIFY2(found.size() == 1, deep.c_str());
            QVERIFY2(found[0].value.reveal() == value, deep.c_str());
        }
    }
}

void TestAssignment::findsRandomPasswords()
{
    ExampleText random(11);
    int missed = 0;
    constexpr int count = 1000;
    for (int i = 0; i < count; ++i) {
        std::string value = random.random("base62", 8 + random.below(16));
        value.insert(random.below(8), 1, "!@#%^*-_+="[random.below(10)]);
        const std::string text = atDepth("DB_PASSWORD=\"" + value + "\"", allDepths[random.below(6)]);
        const auto found = m_scanner.scanText(text);
        missed += found.size() != 1 || found[0].value.reveal() != value;
    }
    QVERIFY2(missed <= count / 50, qPrintable(QString::number(missed)));
}

void TestAssignment::staysBounded()
{
    for (const char* piece :
         {"key=", "key=\"", "password", "password ", "password: ", "password=\\\"", "\\", "'\\''", "\"",
          "password\n", "name\":\"password\",\"", "key[", "key*", "_key_", "--key ", "\xFF key="}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += piece;
        const auto scanned = m_scanner.scanText(text, {});
        QVERIFY(scanned);
        QVERIFY2(scanned->work.parsed <= 400 * text.size(), piece);
        QVERIFY2(scanned->work.decoded <= 20 * text.size(), piece);
    }
}

QTEST_GUILESS_MAIN(TestAssignment)
#include "test_assignment.moc"
